using System.Reflection;
using Escapement.Fit.Opcodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.Fit.Tests;

/// <summary>Against counts done by hand on the optimized IL, which is written beside each method.</summary>
[TestClass]
[DoNotParallelize] // one counter, one thread
public class OpcodeCounterCounts
{
    const string Known = """
        using System;
        public static class Known
        {
            public static void Nothing() { }                          // ret: 1

            public static int Add(int a, int b) { return a + b; }     // ldarg ldarg add ret: 4

            public static int Call(int a) { return Add(a, a); }       // ldarg ldarg call ret: 4, and Add's 4

            // ldc stloc ldc stloc br: 5; a round: ldloc ldloc add stloc, ldloc ldc add stloc: 8; a test: ldloc ldarg blt: 3; ldloc ret: 2
            public static int Loop(int n) { int sum = 0; for (int i = 0; i < n; i++) sum += i; return sum; }

            // ldarg switch: 2, case 1: ldc ret: 2; default: br, ldc ret: 3
            public static int Choose(int n) { switch (n) { case 0: return 10; case 1: return 20; case 2: return 30; default: return 0; } }

            // ldarg ldarg div: the division throws in the middle of its block of ldarg ldarg div stloc leave (5, counted whole);
            // the handler: pop ldc stloc leave: 4; ldloc ret: 2
            public static int Divide(int a, int b) { try { return a / b; } catch (Exception) { return -1; } }

            // a callee reads: ldarg callvirt: 2 are counted before it
            public static void Tell(Action tell) { tell(); }
        }
        """;

    static readonly OpcodeCounter Counter = OpcodeCounter.Instrument([Compile(Known)]);

    [TestMethod]
    [DataRow("Nothing", new object[0], 1L)]
    [DataRow("Add", new object[] { 1, 2 }, 4L)]
    [DataRow("Call", new object[] { 1 }, 8L)]
    [DataRow("Loop", new object[] { 0 }, 10L)]
    [DataRow("Loop", new object[] { 1 }, 21L)]
    [DataRow("Loop", new object[] { 1000 }, 11010L)]
    [DataRow("Choose", new object[] { 1 }, 4L)]
    [DataRow("Choose", new object[] { 9 }, 5L)]
    [DataRow("Divide", new object[] { 6, 2 }, 7L)]
    [DataRow("Divide", new object[] { 6, 0 }, 11L)]
    public void Known_methods_cost_what_was_counted_by_hand(string name, object[] arguments, long opcodes)
    {
        MethodInfo method = Counter.Type("Known").GetMethod(name)!;
        Counter.Reset();
        method.Invoke(null, arguments);
        Assert.AreEqual(opcodes, Counter.Read());
    }

    [TestMethod]
    public void Instrumented_code_still_computes_the_same()
    {
        MethodInfo Method(string name) => Counter.Type("Known").GetMethod(name)!;
        Assert.AreEqual(4950, Method("Loop").Invoke(null, [100]));
        Assert.AreEqual(30, Method("Choose").Invoke(null, [2]));
        Assert.AreEqual(-1, Method("Divide").Invoke(null, [1, 0]));
    }

    [TestMethod]
    public void A_callee_reads_what_ran_before_it()
    {
        long seen = 0;
        Counter.Reset();
        Counter.Type("Known").GetMethod("Tell")!.Invoke(null, [(Action)(() => seen = Counter.Read())]);
        Assert.AreEqual(2, seen);
        Assert.AreEqual(3, Counter.Read());
    }

    [TestMethod]
    public void Code_loaded_alongside_is_bound_to_the_counted_copy_and_not_counted_itself()
    {
        byte[] driver = Compile("public static class Driver { public static int Twice(int n) { return Known.Add(n, n) + Known.Add(n, n); } }", Compile(Known));
        using OpcodeCounter counter = OpcodeCounter.Instrument([Compile(Known)]);
        var twice = counter.LoadAlongside(driver).GetType("Driver")!.GetMethod("Twice")!.CreateDelegate<Func<int, int>>();
        Assert.AreEqual(8, counter.Count(() => Assert.AreEqual(12, twice(3))));
    }

    [TestMethod]
    public void Every_pure_room_of_the_firmware_loads_instrumented()
    {
        using OpcodeCounter firmware = OpcodeCounter.InstrumentFirmware(RepositoryRoot.Find());
        foreach (System.Reflection.Assembly assembly in firmware.Assemblies)
            Assert.IsNotEmpty(assembly.GetTypes());
    }

    [TestMethod]
    public void A_built_assembly_loads_instrumented()
    {
        using OpcodeCounter fit = OpcodeCounter.Instrument([typeof(OpcodeCounter).Assembly.Location]);
        object root = fit.Type("Escapement.Fit.RepositoryRoot").GetMethod("Find")!.Invoke(null, [])!;
        Assert.AreEqual(RepositoryRoot.Find(), root);
        Assert.IsGreaterThan(10, fit.Read());
    }

    static byte[] Compile(string source, byte[]? reference = null)
    {
        List<MetadataReference> references = [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)];
        if (reference != null)
            references.Add(MetadataReference.CreateFromImage(reference));
        CSharpCompilation compilation = CSharpCompilation.Create(reference == null ? "Known" : "Driver", [CSharpSyntaxTree.ParseText(source)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var stream = new MemoryStream();
        Assert.IsTrue(compilation.Emit(stream).Success);
        return stream.ToArray();
    }
}
