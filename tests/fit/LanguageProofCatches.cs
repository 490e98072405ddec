using Escapement.Fit.Compile;

namespace Escapement.Fit.Tests;

/// <summary>One offence a compile, each with a clean twin that says the same in the board's language.</summary>
[TestClass]
public class LanguageProofCatches
{
    [TestMethod]
    [DataRow("generic", "public class Box<T> { } /*!*/", "public class Box { }", DisplayName = "generic class")]
    [DataRow("generic", "public T Same<T>(T value) { return value; } /*!*/", "public int Same(int value) { return value; }", DisplayName = "generic method")]
    [DataRow("generic", "public Action<int> Done; /*!*/", "public Action Done;", DisplayName = "generic delegate field")]
    [DataRow("generic", "public Func<int> Make; /*!*/", "public IEnumerator Make;", DisplayName = "Func field")]
    [DataRow("generic", "public void Run() { Func<int> f = () => 1; f(); } /*!*/", "public void Run() { Action f = () => { }; f(); }", DisplayName = "Func local")]
    [DataRow("generic", "public void Run(EventHandler<EventArgs> e) { } /*!*/", "public void Run(EventHandler e) { }", DisplayName = "generic delegate parameter")]
    [DataRow("multi-dimensional-array", "public int[,] Table; /*!*/", "public int[][] Table;", DisplayName = "int[,] field")]
    [DataRow("multi-dimensional-array", "public void Run() { var t = new int[2, 3]; t[0, 0] = 1; } /*!*/", "public void Run() { var t = new int[6]; t[0] = 1; }", DisplayName = "int[,] local")]
    [DataRow("multi-dimensional-array", "public void Run(byte[][,] t) { } /*!*/", "public void Run(byte[][] t) { }", DisplayName = "int[,] within an array")]
    [DataRow("checked", "public int Add(int a, int b) { return checked(a + b); } /*!*/", "public int Add(int a, int b) { return unchecked(a + b); }", DisplayName = "checked expression")]
    [DataRow("checked", "public int Add(int a, int b) { checked { return a * b; } } /*!*/", "public int Add(int a, int b) { return a * b; }", DisplayName = "checked block")]
    [DataRow("checked", "public byte Cut(int a) { return checked((byte)a); } /*!*/", "public byte Cut(int a) { return (byte)a; }", DisplayName = "checked conversion")]
    [DataRow("checked", "public const int Sum = checked(1 + 2); /*!*/", "public const int Sum = 1 + 2;", DisplayName = "checked constant, folded by the compiler")]
    [DataRow("checked", "public byte At(byte[] b, long i) { return b[i]; } /*!*/", "public byte At(byte[] b, int i) { return b[i]; }", DisplayName = "long index, a hidden conv.ovf")]
    [DataRow("checked", "public byte[] Make(long n) { return new byte[n]; } /*!*/", "public byte[] Make(int n) { return new byte[n]; }", DisplayName = "long size, a hidden conv.ovf")]
    [DataRow("volatile", "volatile int shared; public int Read() { return shared; } /*!*/", "int shared; public int Read() { return shared; }", DisplayName = "volatile field")]
    [DataRow("conditional-compilation", "#if DEBUG //*!*/\n#endif", "public int Debug;", DisplayName = "#if")]
    [DataRow("mutable-static", "static int count; public int Count() { return ++count; } /*!*/", "static readonly int Count = 1; int count; public int Next() { count += Count; return count; }", DisplayName = "mutable static")]
    [DataRow("mutable-static", "public static int Count { get; set; } /*!*/", "public static int Count { get; }", DisplayName = "mutable static property")]
    [DataRow("mutable-static", "static readonly int[] Table = { 1, 2 }; public void Run(int a) { Table[a] = a + 1; } /*!*/", "static readonly int[] Table = { 1, 2 }; public int Run(int a) { int[] own = new int[2]; own[a] = Table[a]; return own[1]; }", DisplayName = "static table that is written")]
    [DataRow("mutable-static", "public class Box { public int A; } static readonly Box Kept = new Box(); public Box Run() { return Kept; } /*!*/", "public class Box { public readonly int A; } static readonly Box Kept = new Box(); public Box Run() { return Kept; }", DisplayName = "static object that can change")]
    public void In_every_room(string rule, string offence, string clean) => AssertCaught(FirmwareRoom.Kernel, rule, offence, clean);

    [TestMethod]
    [DataRow("floating-point", "public double Ratio; /*!*/", "public long Ratio;", DisplayName = "double field")]
    [DataRow("floating-point", "public System.Single Ratio; /*!*/", "public System.Int32 Ratio;", DisplayName = "Single field by name")]
    [DataRow("floating-point", "public const float Half = 0.5f; /*!*/", "public const int Half = 500;", DisplayName = "float constant")]
    [DataRow("floating-point", "public int Cut(double a) { return (int)a; } /*!*/", "public int Cut(long a) { return (int)a; }", DisplayName = "double parameter")]
    [DataRow("floating-point", "public int Half(int a) { return (int)(a * 0.5); } /*!*/", "public int Half(int a) { return a / 2; }", DisplayName = "double within an expression")]
    [DataRow("floating-point", "public void Run() { double unused = 1; } /*!*/", "public void Run() { int unused = 1; }", DisplayName = "double local that the optimizer drops")]
    [DataRow("floating-point", "public long Bits(byte[] b) { return BitConverter.ToInt64(BitConverter.GetBytes((Single)b.Length), 0); } /*!*/", "public long Bits(byte[] b) { return BitConverter.ToInt64(b, 0); }", DisplayName = "float in a call")]
    [DataRow("exception-handler", "public int Run(int a) { try { return 1 / a; } catch (Exception) { return 0; } } /*!*/", "public int Run(int a) { return a == 0 ? 0 : 1 / a; }", DisplayName = "try and catch")]
    [DataRow("exception-handler", "public int Run(ArrayList l) { int n = 0; foreach (object o in l) n++; return n; } /*!*/", "public int Run(int[] l) { int n = 0; foreach (int o in l) n += o; return n; }", DisplayName = "foreach over IEnumerable")]
    [DataRow("clock", "public void Run() { Thread.Sleep(1); } /*!*/", "public void Run() { }", DisplayName = "Thread.Sleep")]
    [DataRow("clock", "public long Now() { return DateTime.UtcNow.Ticks; } /*!*/", "public long Now(long nowUs) { return nowUs; }", DisplayName = "DateTime")]
    [DataRow("clock", "readonly object gate = new object(); public int Run() { lock (gate) { return 1; } } /*!*/", "public int Run() { return 1; }", DisplayName = "lock")]
    public void In_the_pure_rooms(string rule, string offence, string clean) => AssertCaught(FirmwareRoom.Kernel, rule, offence, clean);

    /// <summary>The listings stop these before there is any IL. CS0246, CS0234: no such type; CS1061: no such member; CS0518: no such core type.</summary>
    [TestMethod]
    [DataRow("CS0246", "public List<int> Items; /*!*/", "public ArrayList Items;", DisplayName = "List<int>")]
    [DataRow("CS0246", "public void Run(Span<byte> b) { } /*!*/", "public void Run(SpanByte b) { }", DisplayName = "Span<byte>")]
    [DataRow("CS1061", "public string Run(string s) { return s.Replace(\"a\", \"b\"); } /*!*/", "public string Run(string s) { return s.Trim(); }", DisplayName = "string.Replace")]
    [DataRow("CS0117", "public void Run(int[] a) { Array.Sort(a); } /*!*/", "public void Run(int[] a) { Array.Clear(a, 0, 1); }", DisplayName = "Array.Sort")]
    [DataRow("CS0518", "public int? Maybe; /*!*/", "public int Maybe;", DisplayName = "nullable value type")]
    [DataRow("CS0518", "public decimal Money; /*!*/", "public long Money;", DisplayName = "decimal")]
    [DataRow("CS8179", "public (int, int) Two() { return (1, 2); } /*!*/", "public int Two(out int b) { b = 2; return 1; }", DisplayName = "tuple")]
    [DataRow("CS0518", "public char Last(char[] s) { return s[^1]; } /*!*/", "public char Last(char[] s) { return s[s.Length - 1]; }", DisplayName = "index from the end")]
    [DataRow("CS8773", "public string Text = \"\"\"raw\"\"\"; /*!*/", "public string Text = \"raw\";", DisplayName = "C# 11: raw string")]
    [DataRow("CS0227", "public unsafe int Run(int* p) { return *p; } /*!*/", "public int Run(ref int p) { return p; }", DisplayName = "unsafe")]
    [DataRow("CS0234", "public System.Device.Gpio.GpioPin Pin; /*!*/", "public int Pin;", DisplayName = "vendor type in a pure room")]
    public void By_the_compiler(string code, string offence, string clean) => AssertCaught(FirmwareRoom.Kernel, code, offence, clean);

    /// <summary>With unsafe code allowed these compile: the IL proof is a second wall behind the compiler's.</summary>
    [TestMethod]
    [DataRow("stackalloc", "public unsafe int Run() { int* p = stackalloc int[4]; return p[0]; } /*!*/", DisplayName = "stackalloc")]
    [DataRow("pointer", "public unsafe int Run(byte[] b) { fixed (byte* p = b) { return *p; } } /*!*/", DisplayName = "fixed")]
    [DataRow("function-pointer", "public unsafe int Run(delegate*<int> f) { return f(); } /*!*/", DisplayName = "delegate*")]
    [DataRow("unsafe", "public unsafe struct Raw { public fixed byte B[4]; } /*!*/", DisplayName = "fixed buffer")]
    public void Behind_unsafe(string rule, string offence)
    {
        string text = Snippet.InKernel(offence);
        Snippet.AssertFound(Snippet.Check(FirmwareRoom.Kernel, text, allowUnsafe: true), rule, text);
    }

    [TestMethod]
    public void Default_interface_method()
    {
        const string Offence = "namespace Escapement.Kernel { public interface ITwo { int Two() { return 2; } } } /*!*/";
        IReadOnlyList<Finding> findings = Snippet.Check(FirmwareRoom.Kernel, Offence);
        Snippet.AssertFound(findings, "default-interface-method", Offence);
        Snippet.AssertClean(Snippet.Check(FirmwareRoom.Kernel, "namespace Escapement.Kernel { public interface ITwo { int Two(); } }"));
    }

    static void AssertCaught(FirmwareRoom room, string rule, string offence, string clean)
    {
        string text = Snippet.InKernel(offence);
        Snippet.AssertFound(Snippet.Check(room, text), rule, text);
        Snippet.AssertClean(Snippet.Check(room, Snippet.InKernel(clean)));
    }
}
