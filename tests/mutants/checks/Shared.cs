using Escapement.Fit;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;
using Escapement.Mutants.Running;

namespace Escapement.Mutants.Checks;

/// <summary>Made once for all tests of this process.</summary>
static class Shared
{
    static readonly Lazy<FirmwareImages> Compiled = new(() => FirmwareImages.Compile(RepositoryRoot.Find()));
    static readonly Lazy<IReadOnlyList<Mutant>> Found = new(() => MutantSet.Of(Compiled.Value, MutantSet.All));
    static readonly Lazy<Trial> Tried = new(() => new Trial(Compiled.Value));

    static readonly Lazy<Baseline> Measured = new(() =>
        Baseline.Measure(Compiled.Value, FirmwareImages.Safety, test => test.Name.StartsWith("Portable:Guard")));

    public static FirmwareImages Code => Compiled.Value;

    public static IReadOnlyList<Mutant> All => Found.Value;

    public static Trial Trials => Tried.Value;

    /// <summary>The portable tests of the output guard over the unchanged safety room.</summary>
    public static Baseline Guards => Measured.Value;
}
