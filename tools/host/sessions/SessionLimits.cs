using System.Globalization;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>Limits of one session, tighter than the board's own; null leaves one as the board has it. A looser one is refused, by the host and by the board.</summary>
public sealed record SessionLimits
{
    /// <summary>Smallest interval from onset to onset, in microseconds.</summary>
    public int? MinGapUs { get; init; }

    /// <summary>Most pulses of one transaction.</summary>
    public int? MaxTrainPulses { get; init; }

    /// <summary>Most pulses of the session.</summary>
    public int? MaxSessionPulses { get; init; }

    /// <summary>Most pulses in the first sliding window.</summary>
    public int? Window1Pulses { get; init; }

    /// <summary>Most pulses in the second sliding window.</summary>
    public int? Window2Pulses { get; init; }

    /// <summary>Most pulses in the third sliding window.</summary>
    public int? Window3Pulses { get; init; }

    /// <summary>Shortest pulse, in microseconds.</summary>
    public int? MinWidthUs { get; init; }

    /// <summary>Longest pulse, in microseconds.</summary>
    public int? MaxWidthUs { get; init; }

    /// <summary>Longest session from first to last onset, in seconds.</summary>
    public int? MaxSessionS { get; init; }

    /// <summary>Most pulses charged to an hour.</summary>
    public int? MaxHourPulses { get; init; }

    /// <summary>How long the trigger line may be high in any second window, in microseconds.</summary>
    public int? MaxHighUs { get; init; }

    /// <summary>Nothing is tightened.</summary>
    public bool IsEmpty => this == new SessionLimits();

    /// <summary>Arguments of the command Limits; empty when none of its figures is tightened.</summary>
    internal uint[] First => Arguments(MinGapUs, MaxTrainPulses, MaxSessionPulses, Window1Pulses, Window2Pulses, Window3Pulses);

    /// <summary>Arguments of the command FurtherLimits; empty when none of its figures is tightened.</summary>
    internal uint[] Further => Arguments(MinWidthUs, MaxWidthUs, MaxSessionS, MaxHourPulses, MaxHighUs, null);

    /// <summary>What is looser than the limits in force, a sentence each; empty when nothing is.</summary>
    /// <param name="inForce">The limits that hold on the board.</param>
    public IReadOnlyList<string> Looser(Limits inForce)
    {
        ArgumentNullException.ThrowIfNull(inForce);
        (string Name, int? Asked, int Held, bool IsLeast)[] all =
        [
            ("MinGapUs", MinGapUs, inForce.MinGapUs, true), ("MaxTrainPulses", MaxTrainPulses, inForce.MaxTrainPulses, false), ("MaxSessionPulses", MaxSessionPulses, inForce.MaxSessionPulses, false),
            ("Window1Pulses", Window1Pulses, inForce.Window1Pulses, false), ("Window2Pulses", Window2Pulses, inForce.Window2Pulses, false), ("Window3Pulses", Window3Pulses, inForce.Window3Pulses, false),
            ("MinWidthUs", MinWidthUs, inForce.MinWidthUs, true), ("MaxWidthUs", MaxWidthUs, inForce.MaxWidthUs, false), ("MaxSessionS", MaxSessionS, inForce.MaxSessionS, false),
            ("MaxHourPulses", MaxHourPulses, inForce.MaxHourPulses, false), ("MaxHighUs", MaxHighUs, inForce.MaxHighUs, false),
        ];
        return [.. all.Where(one => one.Asked is { } asked && (asked < 1 || (one.IsLeast ? asked < one.Held : asked > one.Held)))
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Asked} is looser than the board's {one.Held}."))];
    }

    /// <summary>Whether a figure that was asked for is not the one in force.</summary>
    internal bool NotIn(Limits held) =>
        Differs(MinGapUs, held.MinGapUs) || Differs(MaxTrainPulses, held.MaxTrainPulses) || Differs(MaxSessionPulses, held.MaxSessionPulses)
        || Differs(Window1Pulses, held.Window1Pulses) || Differs(Window2Pulses, held.Window2Pulses) || Differs(Window3Pulses, held.Window3Pulses)
        || Differs(MinWidthUs, held.MinWidthUs) || Differs(MaxWidthUs, held.MaxWidthUs) || Differs(MaxSessionS, held.MaxSessionS)
        || Differs(MaxHourPulses, held.MaxHourPulses) || Differs(MaxHighUs, held.MaxHighUs);

    private static bool Differs(int? asked, int held) => asked is { } figure && figure != held;

    private static uint[] Arguments(params int?[] figures) => Array.TrueForAll(figures, one => one is null) ? [] : [.. figures.Select(one => (uint)(one ?? 0))];
}
