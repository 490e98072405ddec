using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Runtime.Tests;

/// <summary>
/// The watchdog is fed only when link, clock, inputs, counters, state and record each ran in this order in this pass and passed: shown on the
/// compiled pass, from which each check-in is removed, doubled or moved in turn.
/// </summary>
[TestClass]
public class CheckInTests
{
    private const int Steps = 6;

    /// <summary>What a board does: feeds in all, the state it ends in after an attempt to run a session, pulses that passed the gate.</summary>
    public static int[] Live()
    {
        int feeds = 0;
        Bench bench = new(prepare: board => board.OnCall = name => feeds += name == "Feed" ? 1 : 0);
        bench.Connect();
        if (bench.State == SupervisorState.Idle)
        {
            bench.Load(Programs.ShortBursts);
            bench.ArmAndWait();
            bench.StartSession();
            bench.RunFor(8_000_000);
        }

        return [feeds, bench.State, bench.Board.Edges.Count(edge => edge.Gated)];
    }

    /// <summary>The same for a board whose check-in is lost in the middle of a session: pulses before, pulses in all, feeds after, state, faults.</summary>
    public static int[] LosesOne(int step)
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 7));
        int feeds = bench.Board.Feeds;
        typeof(Supervisor).Assembly.GetType(SwitchName)!.GetField("Step")!.SetValue(null, step);
        bench.RunFor(260_000);
        bool closed = !bench.Board.IsLatched;
        bench.RunFor(5_000_000);
        return [closed ? 1 : 0, bench.Board.Edges.Count(edge => edge.Gated), bench.Board.Feeds - feeds, bench.State, (int)bench.Faults];
    }

    private const string SwitchName = "Escapement.Runtime.LostCheckIn";

    private static int[] Live(Action<MethodDefinition, List<Instruction>> change) => RewrittenRuntime.Call<int[]>(change, typeof(CheckInTests), nameof(Live));

    private static void AssertStarved(int[] found)
    {
        Assert.AreEqual(0, found[0], "the watchdog was fed");
        Assert.AreEqual(SupervisorState.Fault, found[1], "the gate test at power-up does not notice that nothing feeds");
        Assert.AreEqual(0, found[2], "pulses left");
    }

    [TestMethod]
    public void The_pass_as_it_is_holds_the_six_check_ins_and_feeds()
    {
        int[] found = Live((_, checkIns) => Assert.HasCount(Steps, checkIns));
        Assert.IsGreaterThan(100, found[0]);
        Assert.AreEqual(SupervisorState.Done, found[1]);
        Assert.AreEqual(18, found[2]);
        CollectionAssert.AreEqual(found, Live());
    }

    [TestMethod]
    [DataRow(1, DisplayName = "link")]
    [DataRow(2, DisplayName = "clock")]
    [DataRow(3, DisplayName = "inputs")]
    [DataRow(4, DisplayName = "counters")]
    [DataRow(5, DisplayName = "state")]
    [DataRow(6, DisplayName = "record")]
    public void Without_one_check_in_the_watchdog_is_never_fed(int step) => AssertStarved(Live((pass, checkIns) =>
    {
        ILProcessor il = pass.Body.GetILProcessor();
        Instruction call = checkIns[step - 1];
        il.InsertBefore(call, il.Create(OpCodes.Pop));
        il.InsertBefore(call, il.Create(OpCodes.Pop));
        il.Replace(call, il.Create(OpCodes.Pop));
    }));

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    public void With_two_neighbouring_checks_in_the_wrong_order_the_watchdog_is_never_fed(int step) => AssertStarved(Live((pass, checkIns) =>
    {
        // Each check and its check-in are one statement, the check's result its last argument.
        var code = pass.Body.Instructions;
        int at = code.IndexOf(checkIns[step]);
        int length = at - code.IndexOf(checkIns[step - 1]);
        Instruction[] later = [.. code.Skip(at - length + 1).Take(length)];
        Assert.AreEqual(nameof(OpCodes.Ldarg_0), later[0].OpCode.Code.ToString());
        foreach (Instruction one in later)
        {
            code.Remove(one);
        }

        int earlier = code.IndexOf(checkIns[step - 1]) - length + 1;
        for (int i = 0; i < length; i++)
        {
            code.Insert(earlier + i, later[i]);
        }
    }));

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    public void With_a_check_that_does_not_pass_the_watchdog_is_never_fed(int step) => AssertStarved(Live((pass, checkIns) =>
    {
        ILProcessor il = pass.Body.GetILProcessor();
        il.InsertBefore(checkIns[step - 1], il.Create(OpCodes.Pop));
        il.InsertBefore(checkIns[step - 1], il.Create(OpCodes.Ldc_I4_0));
    }));

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    public void A_check_in_that_is_lost_in_a_train_ends_it_by_the_watchdog_and_nothing_resumes(int step)
    {
        int[] found = RewrittenRuntime.Call<int[]>(AddSwitch, typeof(CheckInTests), nameof(LosesOne), step);
        Assert.AreEqual(1, found[0], "the watchdog did not close the gate within 260 ms");
        Assert.IsInRange(7, 7 + 5, found[1], "pulses passed the gate");
        Assert.AreEqual(0, found[2], "fed after a check-in was lost");
        Assert.AreEqual(SupervisorState.Fault, found[3]);
        Assert.AreNotEqual(0, found[4]);
    }

    [TestMethod]
    public void A_check_in_switch_that_loses_none_changes_nothing()
    {
        int[] found = RewrittenRuntime.Call<int[]>(AddSwitch, typeof(CheckInTests), nameof(LosesOne), 0);
        Assert.AreEqual(18, found[1]);
        Assert.AreEqual(SupervisorState.Done, found[3]);
    }

    [TestMethod]
    public void A_pass_whose_report_the_link_does_not_take_is_not_fed()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        List<string> calls = [];
        bench.Board.OnCall = calls.Add;
        bench.Board.RefuseWrite = true;
        int refused = 0;
        for (int i = 0; i < 40; i++)
        {
            calls.Clear();
            bench.Pass();
            refused += calls.Contains("Write") ? 1 : 0;
            Assert.AreNotEqual(calls.Contains("Write"), calls.Contains("Feed"), "a pass is fed when, and only when, what it had to say was taken");
        }

        Assert.IsGreaterThanOrEqualTo(4, refused);
        bench.RunFor(5_000_000);
        Assert.AreEqual(SupervisorState.Fault, bench.State);
    }

    // Every check-in goes through a method that leaves out the one whose number a static field holds.
    private static void AddSwitch(MethodDefinition pass, List<Instruction> checkIns)
    {
        ModuleDefinition module = pass.Module;
        TypeDefinition type = new("Escapement.Runtime", "LostCheckIn", TypeAttributes.Public | TypeAttributes.Class, module.TypeSystem.Object);
        FieldDefinition field = new("Step", FieldAttributes.Public | FieldAttributes.Static, module.TypeSystem.Int32);
        MethodDefinition method = new("CheckIn", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Void);
        MethodReference real = (MethodReference)checkIns[0].Operand;
        method.Parameters.Add(new ParameterDefinition(real.DeclaringType));
        method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32));
        method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Boolean));
        ILProcessor il = method.Body.GetILProcessor();
        Instruction end = il.Create(OpCodes.Ret);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldsfld, field);
        il.Emit(OpCodes.Beq, end);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Callvirt, real);
        il.Append(end);
        type.Fields.Add(field);
        type.Methods.Add(method);
        module.Types.Add(type);
        foreach (Instruction call in checkIns)
        {
            call.OpCode = OpCodes.Call;
            call.Operand = method;
        }
    }
}
