namespace Escapement.Simulation;

/// <summary>A rule that did not hold.</summary>
/// <param name="Rule">Which; see <see cref="Rules"/>.</param>
/// <param name="T80">When, in ticks of 12.5 ns.</param>
/// <param name="What">What happened.</param>
public sealed record Violation(string Rule, long T80, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule} at {T80 / 80.0:0.0} us: {What}";
}
