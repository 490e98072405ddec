namespace Escapement.Simulation;

/// <summary>A session that the board has accepted to start: what may leave, and until when.</summary>
public sealed class Session
{
    /// <summary>When the request to start had arrived, in ticks of 12.5 ns.</summary>
    public required long StartT80 { get; init; }

    /// <summary>The board's Harp time when it accepted.</summary>
    public required long StartStamp { get; init; }

    /// <summary>What was planned; null when the link did not show it.</summary>
    public required PulsePlan? Plan { get; init; }

    /// <summary>Nothing may leave.</summary>
    public required bool IsDry { get; init; }

    /// <summary>Pulses that reached the stimulator.</summary>
    public int Emitted { get; set; }

    /// <summary>When the last of them came, in ticks of 12.5 ns.</summary>
    public long LastT80 { get; set; }

    /// <summary>Whether the session moved as a whole since then.</summary>
    public bool Moved { get; set; }

    /// <summary>Whether it is held.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether the board's final count was looked at.</summary>
    public bool IsCounted { get; set; }

    /// <summary>From when on nothing may leave any more, in ticks of 12.5 ns.</summary>
    public long DeadlineT80 { get; private set; } = long.MaxValue;

    /// <summary>When that was caused.</summary>
    public long CauseT80 { get; private set; } = long.MaxValue;

    /// <summary>The rule that says so.</summary>
    public string Rule { get; private set; } = Rules.Resumes;

    /// <summary>Nothing may leave any more from a budget after a cause on.</summary>
    public void End(string rule, long causeT80, long budgetUs)
    {
        CauseT80 = Math.Min(CauseT80, causeT80);
        long deadline = causeT80 + (budgetUs * 80);
        if (deadline >= DeadlineT80) { return; }
        DeadlineT80 = deadline;
        Rule = rule;
    }
}
