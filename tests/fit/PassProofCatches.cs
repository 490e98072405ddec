using Escapement.Fit.Compile;
using Escapement.Fit.Proof;

namespace Escapement.Fit.Tests;

/// <summary>Nothing that a pass reaches may allocate or throw; each offence has a clean twin.</summary>
[TestClass]
public class PassProofCatches
{
    [TestMethod]
    [DataRow("pass-allocates", "public object Pass() { return new object(); } /*!*/", "readonly object kept = new object(); public object Pass() { return kept; }", DisplayName = "new object")]
    [DataRow("pass-allocates", "public int Pass() { return new int[4].Length; } /*!*/", "readonly int[] kept = new int[4]; public int Pass() { return kept.Length; }", DisplayName = "new array")]
    [DataRow("pass-allocates", "public object Pass(int a) { return a; } /*!*/", "public int Pass(int a) { return a; }", DisplayName = "boxing")]
    [DataRow("pass-allocates", "public int Pass(int a) { return Sum(a, a); } int Sum(params int[] all) { return all.Length; } /*!*/", "public int Pass(int a) { return Sum(a, a); } int Sum(int a, int b) { return a + b; }", DisplayName = "params array")]
    [DataRow("pass-string", "public string Pass() { return \"idle\"; } /*!*/", "static readonly string Idle = \"idle\"; public string Pass() { return Idle; }", DisplayName = "string constant")]
    [DataRow("pass-string", "public string Pass(string a, string b) { return a + b; } /*!*/", "public int Pass(string a, string b) { return a.Length + b.Length; }", DisplayName = "string concatenation")]
    [DataRow("pass-string", "public string Pass(int a) { return a.ToString(); } /*!*/", "public int Pass(int a) { return a; }", DisplayName = "ToString")]
    [DataRow("pass-string", "static readonly string F = \"{0}\"; public string Pass(object[] a) { return string.Format(F, a); } /*!*/", "public int Pass(object[] a) { return a.Length; }", DisplayName = "string.Format")]
    [DataRow("pass-struct", "public int Pass() { Pair p = default; return Use(ref p); } int Use(ref Pair p) { return p.A; } /*!*/", "Pair p; public int Pass() { return Use(ref p); } int Use(ref Pair q) { return q.A; }", DisplayName = "struct local")]
    [DataRow("pass-struct", "Pair kept; public void Pass() { Use(kept); } void Use(Pair p) { } /*!*/", "Pair kept; public void Pass() { Use(kept.A); } void Use(int a) { }", DisplayName = "struct parameter")]
    [DataRow("pass-struct", "Pair[] all = new Pair[2]; public void Pass() { all[0] = all[1]; } /*!*/", "Pair[] all = new Pair[2]; public void Pass() { all[0].A = all[1].A; }", DisplayName = "struct copied in an array")]
    [DataRow("pass-struct", "public int Pass() { var t = new TimeSpan(1); return Use(ref t); } int Use(ref TimeSpan t) { return 1; } /*!*/", "public int Pass() { long t = 1; return Use(ref t); } int Use(ref long t) { return 1; }", DisplayName = "library struct local")]
    [DataRow("pass-throws", "static readonly Exception Bad = new Exception(); public void Pass() { throw Bad; } /*!*/", "public bool Pass() { return false; }", DisplayName = "throw")]
    [DataRow("pass-delegate", "Action done; public void Pass() { done(); } /*!*/", "public void Pass() { Done(); } void Done() { }", DisplayName = "calling a delegate")]
    [DataRow("pass-delegate", "public Action Pass(int a) { return () => Use(a); } void Use(int a) { } /*!*/", "public void Pass(int a) { Use(a); } void Use(int a) { }", DisplayName = "capturing lambda")]
    [DataRow("pass-delegate", "public Action Pass() { return Done; } void Done() { } /*!*/", "readonly Action done; public Supervisor() { done = Done; } public Action Pass() { return done; } void Done() { }", DisplayName = "method group")]
    [DataRow("pass-leaves", "public IEnumerator Pass(IEnumerable all) { return all.GetEnumerator(); } /*!*/", "public int Pass(int[] all) { return all.Length; }", DisplayName = "enumerator")]
    [DataRow("pass-leaves", "public Type Pass() { return GetType(); } /*!*/", "public Colour Pass() { return Colour.Red; }", DisplayName = "library member that is not known")]
    [DataRow("pass-leaves", "public interface INobody { int Read(); } INobody nobody; public int Pass() { return nobody.Read(); } /*!*/", "Escapement.Runtime.Ports.IPort port; public int Pass() { return port.Read(); }", DisplayName = "interface that nobody implements and that is no port")]
    [DataRow("pass-missing", "} public class Other { } public class Unused { /*!*/", "public void Pass() { }", DisplayName = "no Pass at all")]
    public void In_Pass_itself(string rule, string offence, string clean)
    {
        string text = Snippet.InSupervisor(offence);
        if (rule == Rules.PassMissing)
            text = text.Replace("/*!*/", "").Replace("public class Supervisor", "/*!*/ public class Supervisor");
        Snippet.AssertFound(Snippet.Check(FirmwareRoom.Runtime, text), rule, text);
        Snippet.AssertClean(Snippet.Check(FirmwareRoom.Runtime, Snippet.InSupervisor(clean)));
    }

    [TestMethod]
    [DataRow("public void Pass() { One(); } void One() { Two(); } void Two() { new object(); /*!*/ }", "Supervisor.Pass > Supervisor.One > Supervisor.Two", DisplayName = "through plain calls")]
    [DataRow("Shape shape; public void Pass() { shape.Draw(); } public abstract class Shape { public abstract void Draw(); } public sealed class Round : Shape { public override void Draw() { new object(); /*!*/ } }", "Supervisor.Pass > Round.Draw", DisplayName = "through an override")]
    [DataRow("IShape shape; public void Pass() { shape.Draw(); } public interface IShape { void Draw(); } public class Round : IShape { void IShape.Draw() { new object(); /*!*/ } }", "Supervisor.Pass > Round.Escapement.Runtime.Supervisor.IShape.Draw", DisplayName = "through an explicit implementation")]
    [DataRow("IShape shape; public void Pass() { shape.Draw(); } public interface IBase { void Draw(); } public interface IShape : IBase { } public class Root { public void Draw() { new object(); /*!*/ } } public class Round : Root, IShape { }", "Supervisor.Pass > Root.Draw", DisplayName = "through an inherited implementation")]
    [DataRow("public int Pass() { return Value; } int Value { get { new object(); /*!*/ return 1; } }", "Supervisor.Pass > Supervisor.get_Value", DisplayName = "through a property")]
    [DataRow("public void Pass() { void Local() { new object(); /*!*/ } Local(); }", "Supervisor.Pass > Supervisor.<Pass>g__Local|0_0", DisplayName = "through a local function")]
    public void Behind_a_call_with_the_way_there(string members, string path)
    {
        string text = Snippet.InSupervisor(members);
        IReadOnlyList<Finding> findings = Snippet.Check(FirmwareRoom.Runtime, text);
        Snippet.AssertFound(findings, Rules.PassAllocates, text);
        Assert.Contains($"(reached by {path})", findings.Single(one => one.Rule == Rules.PassAllocates).Reason);
    }

    /// <summary>Constructors, other methods and what stands behind a port are not part of a pass.</summary>
    [TestMethod]
    [DataRow("readonly object a; public Supervisor() { a = new object(); } public object Pass() { return a; }", DisplayName = "constructor")]
    [DataRow("static readonly int[] Table = { 1, 2, 3 }; public int Pass() { return Table[0]; }", DisplayName = "static table")]
    [DataRow("public void Pass() { } public object Arm() { return new object(); }", DisplayName = "not reached")]
    [DataRow("class Port : Escapement.Runtime.Ports.IPort { public int Read() { return new int[3].Length; } } Escapement.Runtime.Ports.IPort port = new Port(); public int Pass() { return port.Read(); }", DisplayName = "behind a port")]
    [DataRow("public int Pass() { var c = Colour.Green; bool b = c == Colour.Red; long l = 1; return b ? 1 : (int)l; }", DisplayName = "locals of primitives and enums")]
    [DataRow("readonly byte[] a = new byte[4]; public uint Pass() { Array.Copy(a, 0, a, 2, 2); Array.Clear(a, 0, 1); return BitConverter.ToUInt32(a, 0); }", DisplayName = "native copies")]
    public void Allowed(string members) => Snippet.AssertClean(Snippet.Check(FirmwareRoom.Runtime, Snippet.InSupervisor(members)));
}
