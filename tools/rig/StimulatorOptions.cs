namespace Escapement.Rig;

/// <summary>Figures of the simulated stimulator. It discharges into nothing.</summary>
public sealed record StimulatorOptions
{
    /// <summary>Shortest pulse on its trigger input that it takes, in microseconds.</summary>
    public int MinWidthUs { get; init; } = 10;

    /// <summary>Time from a discharge until it is ready again, in microseconds.</summary>
    public int RechargeUs { get; init; } = 500;

    /// <summary>Time from the trigger edge to the rising edge of trigger-out, in microseconds.</summary>
    public int TriggerOutDelayUs { get; init; } = 215;

    /// <summary>Width of trigger-out, in microseconds.</summary>
    public int TriggerOutWidthUs { get; init; } = 50;

    /// <summary>Time from a discharge to the second one of a doubled pulse, in microseconds.</summary>
    public int DoubleGapUs { get; init; } = 1_000;

    /// <summary>True for an input that fires as long as its line is high and it is ready, instead of once an edge.</summary>
    public bool LevelTriggered { get; init; }

    internal void Check()
    {
        BenchOptions.Require(MinWidthUs, 0, nameof(MinWidthUs));
        BenchOptions.Require(RechargeUs, 1, nameof(RechargeUs));
        BenchOptions.Require(TriggerOutDelayUs, MinWidthUs, nameof(TriggerOutDelayUs));
        BenchOptions.Require(TriggerOutWidthUs, 1, nameof(TriggerOutWidthUs));
        BenchOptions.Require(DoubleGapUs, 1, nameof(DoubleGapUs));
    }
}
