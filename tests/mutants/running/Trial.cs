using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>Runs tests against one mutant until the first fails.</summary>
public sealed class Trial(FirmwareImages firmware)
{
    readonly Dictionary<string, (AssemblySource Source, Neighbours Neighbours)> known = [];

    /// <param name="mutant">The change.</param>
    /// <param name="tests">Tests in their order, with the budget of each.</param>
    /// <param name="beginning">Told each test that begins.</param>
    public (Outcome Outcome, string Test, string Message) Run(Mutant mutant, IEnumerable<(string Name, long Budget)> tests, Action<string>? beginning = null)
    {
        if (!known.TryGetValue(mutant.Assembly, out var place))
            known[mutant.Assembly] = place = (new AssemblySource(firmware, mutant.Assembly), new Neighbours(firmware, mutant.Assembly));
        byte[] image = Rewriter.Change(place.Source, mutant);
        using var world = new TestWorld(place.Neighbours, mutant.Assembly, image);
        foreach ((string name, long budget) in tests)
        {
            beginning?.Invoke(name);
            world.Budget = budget;
            Exception? failure = Baseline.Quietly(() => TestCatalog.Run(world.Tests[name]));
            if (failure == null)
                continue;
            bool isBroken = failure is InvalidProgramException or BadImageFormatException or TypeLoadException or MissingMemberException
                || failure.InnerException is InvalidProgramException;
            Outcome outcome = isBroken ? Outcome.Broken : world.Budget < 0 ? Outcome.Timeout : Outcome.Killed;
            return (outcome, name, $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
        }
        return (Outcome.Survived, "", "");
    }
}
