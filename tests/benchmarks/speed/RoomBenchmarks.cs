using BenchmarkDotNet.Attributes;
using Escapement.Benchmarks.Opcodes;
using Escapement.Kernel;
using Escapement.Safety;

namespace Escapement.Benchmarks.Speed;

/// <summary>The kernel and the guard on this machine, over the first list of a row.</summary>
public class RoomBenchmarks
{
    readonly PlanLimits plan = new();
    readonly Limits limits = new();
    readonly WordEncoder encoder = new();
    readonly Sequencer sequencer = new();
    readonly TransactionPlanner cutter = new();
    OutputGuard guard = null!;
    byte[] image = [];
    byte[] list = [];
    long firstUs;

    public static string[] Rows => ["itbs600", "dtms-h1-18hz", "rtms1-1800"];

    [ParamsSource(nameof(Rows))]
    public string Row { get; set; } = "";

    public int Words => list.Length / 4;

    [GlobalSetup]
    public void Setup()
    {
        image = Programs.Of(Row);
        var armed = new Planner();
        armed.Begin(image, plan);
        Finish(armed.Step);
        cutter.Begin(image, armed);
        Finish(cutter.Step);
        list = new byte[armed.LengthWords(cutter.Slot) * 4];
        LimitTable.SetCeilings(limits);
        guard = new OutputGuard(plan.ChannelWords, limits);
        guard.Boot(0);
        firstUs = 10_000_000;
        Encode();
        if (Judge() != 1)
            throw new InvalidOperationException($"The guard rejects the first list of {Row}.");
    }

    [Benchmark]
    public int Sequence()
    {
        int pulses = 0;
        sequencer.Begin(image);
        while (sequencer.Next())
            pulses++;
        return pulses;
    }

    [Benchmark]
    public int Encode()
    {
        encoder.Begin(list, cutter, plan);
        return Finish(encoder.Step);
    }

    [Benchmark]
    public int Judge()
    {
        guard.Begin(list, Words, plan.HeadWords, firstUs, cutter.Pulses, cutter.LastOnsetUs - cutter.FirstOnsetUs, limits);
        return Finish(guard.Step);
    }

    static int Finish(Func<int, int> step)
    {
        int result;
        while ((result = step(4096)) == 0)
        {
        }
        return result;
    }
}
