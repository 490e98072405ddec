namespace Escapement.Benchmarks.Opcodes;

/// <summary>What the supervisor executes in a pass of one kind, in IL instructions.</summary>
/// <param name="Kind">State of the board, as the host last knew it.</param>
/// <param name="Passes">How many were seen.</param>
/// <param name="Median">The middle one.</param>
/// <param name="Most">The dearest.</param>
public sealed record PassCost(string Kind, int Passes, long Median, long Most);

/// <summary>What a whole session on the instrumented firmware showed.</summary>
/// <param name="Protocol">What was played.</param>
/// <param name="Starts">Lists sent.</param>
/// <param name="MostBetween">Most instructions from the return of the clock reading before a send to the reading after it.</param>
/// <param name="LeastBetween">Fewest.</param>
/// <param name="Passes">Passes of the supervisor by state.</param>
public sealed record SessionCost(string Protocol, int Starts, long MostBetween, long LeastBetween, IReadOnlyList<PassCost> Passes);
