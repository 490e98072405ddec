using Escapement.Fit.Compile;

namespace Escapement.Fit.Proof;

/// <summary>All proofs over compiled rooms. What compiles for the board can still fail or lie on it; this finds that.</summary>
public static class IlProof
{
    /// <summary>One pass of the supervisor.</summary>
    public const string SupervisorPass = "Escapement.Runtime.Supervisor.Pass";

    /// <param name="optimized">As the board gets them: the walk of a pass is done on these.</param>
    /// <param name="literal">The same rooms not optimized, so that nothing banned hides behind the optimizer.</param>
    /// <param name="passRoots">Methods from which nothing may allocate.</param>
    public static IReadOnlyList<Finding> Check(
        IReadOnlyList<CompiledRoom> optimized, IReadOnlyList<CompiledRoom> literal, IEnumerable<string> passRoots)
    {
        using var shipped = new FirmwareImage(optimized);
        using var full = new FirmwareImage(literal);
        return optimized.SelectMany(room => room.Findings)
            .Concat(literal.SelectMany(SourceProof.Check))
            .Concat(full.Rooms.Concat(shipped.Rooms).SelectMany(room => LanguageProof.Check(room).Concat(RoomProof.Check(room))))
            .Concat(PassProof.Check(shipped, passRoots))
            .DistinctBy(finding => (finding.File, finding.Line, finding.Rule))
            .OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line)
            .ToList();
    }

    /// <summary>Full names of the methods that the walk of a pass comes to.</summary>
    public static IReadOnlyList<string> ReachedByPass(IReadOnlyList<CompiledRoom> optimized, IEnumerable<string> passRoots)
    {
        using var image = new FirmwareImage(optimized);
        return PassProof.Reached(image, passRoots);
    }
}
