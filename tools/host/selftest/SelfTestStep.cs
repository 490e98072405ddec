namespace Escapement.Host;

/// <summary>What became of a step.</summary>
public enum StepOutcome
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>Not as it should be.</summary>
    Fail,

    /// <summary>It was not looked at; nothing is known.</summary>
    NotDone,
}

/// <summary>One step of a self-test.</summary>
/// <param name="Id">Its name in files.</param>
/// <param name="Title">What was looked at.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Text">What was found, or why it was not done.</param>
public sealed record SelfTestStep(string Id, string Title, StepOutcome Outcome, string Text)
{
    /// <summary>Found, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Looked at by a person with an instrument, not by this program.</summary>
    public bool IsByPerson { get; init; }

    /// <summary>The figure that a person read off an instrument; null when there is none.</summary>
    public double? Figure { get; init; }

    /// <summary>Its unit.</summary>
    public string? Unit { get; init; }
}

/// <summary>The steps that software does, in their order.</summary>
public static class SelfTestSteps
{
    /// <summary>Id and title of each.</summary>
    public static IReadOnlyList<(string Id, string Title)> All { get; } =
    [
        ("identity", "The board is one of ours and goes with this host"),
        ("registers", "Every register answers with its own length"),
        ("faults", "No fault is latched"),
        ("gate", "The gate reads back closed"),
        ("counters", "Both counters are quiet"),
        ("inputs", "The inputs read steadily"),
        ("link", "Round trips without an error on either end"),
        ("clock", "The board's clock agrees with this machine's"),
        ("lease", "A lease is granted, kept by renewals and ends without them"),
        ("refusal", "Arming without a program is refused, with every reason by name"),
        ("dry", "A dry run of one pulse: one on the trigger line, none behind the gate"),
    ];
}
