namespace Escapement.Faults.Tests;

/// <summary>One row of the catalogue, as catalogue.yml has it.</summary>
internal sealed class Hazard
{
    /// <summary>Its number, 1 to 62.</summary>
    public required int Row { get; init; }

    /// <summary>What goes wrong.</summary>
    public required string Name { get; init; }

    /// <summary>3: pulses nobody asked for; 2: an unsafe condition hidden or a stop delayed; 1: pulses or data lost.</summary>
    public required int Severity { get; init; }

    /// <summary>What sees it.</summary>
    public required string SeenBy { get; init; }

    /// <summary>What happens then.</summary>
    public required string Reaction { get; init; }

    /// <summary>Who meets which budget.</summary>
    public required List<Budget> Budgets { get; init; }

    /// <summary>What is left.</summary>
    public required string Left { get; init; }

    /// <summary>Tests that show it: Class.Method of this project, folder/Class.Method of another.</summary>
    public List<string> Tests { get; init; } = [];

    /// <summary>Steps of boards/bring-up.yml that show it.</summary>
    public List<string> BringUp { get; init; } = [];

    /// <summary>What of it nothing shows, and why.</summary>
    public string? NotCovered { get; init; }
}

/// <summary>A time and a number of pulses that one means keeps.</summary>
internal sealed class Budget
{
    /// <summary>One of <see cref="Means"/>.</summary>
    public required string By { get; init; }

    /// <summary>From the fault to the closed gate, or to its detection where no pulse is possible; microseconds.</summary>
    public long? Us { get; init; }

    /// <summary>Most pulses at the stimulator after the fault that would not have come, or should not have.</summary>
    public int? Pulses { get; init; }

    /// <summary>What meets it.</summary>
    public static IReadOnlyDictionary<string, string> Means { get; } = new Dictionary<string, string>
    {
        ["H"] = "hardware: limiter, latch, contacts, pull-downs",
        ["W"] = "the watchdog, when the firmware stands still",
        ["S"] = "the supervisor: two passes, and a pause of the interpreter of up to 150 ms",
        ["L"] = "the lease: 500 ms and two passes",
        ["R"] = "refused before anything can happen",
        ["T"] = "compared with the host's clock",
        ["I"] = "seen by a bench instrument only",
    };
}
