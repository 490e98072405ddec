namespace Escapement.Cli;

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Something will not work, though not what was asked for.</summary>
    Warning,

    /// <summary>It stands in the way of what was asked for.</summary>
    Problem,
}

/// <summary>One thing that doctor looked at.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Text">What was found.</param>
public sealed record Finding(string Id, Severity Severity, string Text)
{
    /// <summary>What one notices; null where nothing is wrong.</summary>
    public string? Symptom { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do.</summary>
    public string? Cure { get; init; }

    /// <summary>The exit code that goes with a problem.</summary>
    public int ExitCode { get; init; }
}
