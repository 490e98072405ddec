using Escapement.Kernel;
using Escapement.Safety;

namespace Escapement.Benchmarks.Opcodes;

/// <summary>
/// Plays one program through planner, encoder and guard as the board does, slice by slice, and reads the counter around each.
/// This type runs as a copy of itself that is loaded beside the instrumented rooms: only what they execute is counted.
/// </summary>
public static class KernelMeter
{
    // What the board gives them between two looks at the clock.
    const int StepBudget = 32;
    const long BootUs = 1_000_000;
    const long OriginUs = BootUs + 10_000_000;

    /// <summary>The figures of a <see cref="ProgramCost"/>, in its order: plain numbers cross from one copy to the other.</summary>
    public static long[] Measure(byte[] program, Action reset, Func<long> read)
    {
        var cost = new ProgramCost { Name = "" };
        var limits = new PlanLimits();
        Verify(program, cost, reset, read);
        WalkPulses(program, cost, reset, read);
        var armed = new Planner();
        reset();
        armed.Begin(program, limits);
        Require(Drive(armed.Step) == 1, "the planner refuses the program");
        cost.PlanOpcodes = read();
        PlayTransactions(program, armed, limits, cost, reset, read);
        return cost.Figures();
    }

    static void Verify(byte[] program, ProgramCost cost, Action reset, Func<long> read)
    {
        var verifier = new ProgramVerifier();
        reset();
        verifier.Begin(program, program.Length);
        Require(Drive(verifier.Step) == 1, "the verifier refuses the program");
        cost.VerifyOpcodes = read();
    }

    static void WalkPulses(byte[] program, ProgramCost cost, Action reset, Func<long> read)
    {
        var sequencer = new Sequencer();
        reset();
        sequencer.Begin(program);
        while (sequencer.Next())
            cost.Pulses++;
        cost.SequencerOpcodes = read();
    }

    static void PlayTransactions(byte[] program, Planner armed, PlanLimits limits, ProgramCost cost, Action reset, Func<long> read)
    {
        var cutter = new TransactionPlanner();
        var encoder = new WordEncoder();
        var ceilings = new Limits();
        LimitTable.SetCeilings(ceilings);
        var guard = new OutputGuard(limits.ChannelWords, ceilings);
        guard.Boot(BootUs);
        guard.BeginSession(0);
        cutter.Begin(program, armed);
        int found;
        while ((found = Drive(cutter.Step)) == 1)
        {
            var list = new byte[armed.LengthWords(cutter.Slot) * 4];
            reset();
            encoder.Begin(list, cutter, limits);
            Require(Drive(encoder.Step) == 1, "the encoder fails");
            cost.EncodeOpcodes += read();

            reset();
            Judge(guard, list, cutter, limits, ceilings);
            cost.GuardOpcodes += read();
            cost.Transactions++;
            cost.Words += cutter.Words;
            cost.ListWords += list.Length / 4;
            cutter.Next();
        }
        Require(found == 2, "the cutter fails");
    }

    // All that the guard does for a list, from its being given to its being sent and compared with the clock.
    static void Judge(OutputGuard guard, byte[] list, TransactionPlanner cutter, PlanLimits limits, Limits ceilings)
    {
        long firstUs = OriginUs + cutter.FirstOnsetUs;
        guard.Begin(list, list.Length / 4, limits.HeadWords, firstUs, cutter.Pulses, cutter.LastOnsetUs - cutter.FirstOnsetUs, ceilings);
        guard.BodyCrc = 1;
        Require(Drive(guard.Step) == 1, "the guard rejects a list");
        Require(guard.BodyAgrees(1) && guard.MaySend(firstUs), "the guard would not let a list go");
        guard.Commit(firstUs);
        Require(guard.HeadAgrees(list, limits.HeadWords, firstUs - limits.LeadInUs, firstUs), "the guard does not find the head in order");
    }

    static int Drive(Func<int, int> step)
    {
        int result;
        while ((result = step(StepBudget)) == 0)
        {
        }
        return result;
    }

    static void Require(bool good, string otherwise)
    {
        if (!good)
            throw new InvalidOperationException($"There is nothing to measure: {otherwise}.");
    }
}
