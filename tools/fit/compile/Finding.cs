namespace Escapement.Fit.Compile;

/// <summary>Something in the firmware that the board could not take: where, which rule, why.</summary>
public sealed record Finding(string File, int Line, string Rule, string Reason)
{
    public override string ToString() => $"{File}({Line}): {Rule}: {Reason}";
}
