using System.Text.Json;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;
using Escapement.Mutants.Names;
using Escapement.Mutants.Running;

namespace Escapement.Mutants.Reporting;

/// <summary>A campaign from end to end, and whether it holds.</summary>
static class CampaignReport
{
    public const double LeastPercent = 90;

    static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static int Run(string root, string set, string only, bool named, int threads, bool json, FileInfo? report)
    {
        FirmwareImages firmware = FirmwareImages.Compile(root);
        IReadOnlyList<Mutant> all = MutantSet.Of(firmware, MutantSet.All);
        IReadOnlyList<Mutant> chosen = MutantSet.Of(firmware, set).Where(one => !named || one.Names.Count > 0)
            .Where(one => only.Length == 0 || one.Id.Contains(only) || one.Names.Any(name => name.Contains(only))).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine("No mutant is like that; the list verb names them all.");
            return 2;
        }
        var campaign = new Campaign(firmware, chosen, named, threads, Console.Error);
        IReadOnlyList<Verdict> verdicts = campaign.Run();
        Survivors survivors = Survivors.Load(root);
        bool isWhole = only.Length == 0 && !named;
        NamedItems items = NamedItems.Of(firmware);
        // Of a name's mutants one has to be killed; which others live is the whole run's to tell.
        List<string> problems = named ? [] : survivors.Problems(verdicts, all.Select(one => one.Id).ToHashSet()).ToList();
        problems.AddRange(verdicts.Where(one => one.Outcome == Outcome.Broken).Select(one => $"broken: {one.Mutant.Id}: {one.Message}"));
        if (only.Length == 0)
            problems.AddRange(Figures.Unkilled(verdicts));
        if (only.Length == 0 && set == MutantSet.All)
            problems.AddRange(Figures.Unheld(items, verdicts));
        foreach (IGrouping<string, Verdict> part in verdicts.GroupBy(one => one.Mutant.Assembly))
            if (isWhole && Figures.Percent([.. part]) < LeastPercent)
                problems.Add($"{part.Key}: {Figures.Percent([.. part]):0.0} % killed, less than {LeastPercent} %");
        TextWriter told = json ? Console.Error : Console.Out;
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(verdicts.Select(one => new
            {
                id = one.Mutant.Id, outcome = one.Outcome.ToString(), test = one.Test, message = one.Message, file = one.Mutant.File, line = one.Mutant.Line,
                statement = one.Mutant.Statement, change = one.Mutant.Change, names = one.Mutant.Names,
            }), Json));
        else
            told.WriteLine(Figures.NamedTable(items, verdicts));
        told.WriteLine(Figures.Summary(verdicts));
        told.WriteLine($"{campaign.Took.TotalSeconds:0} s in {threads} worker processes.");
        foreach (string problem in problems)
            told.WriteLine(problem);
        if (report != null)
            MutantsPage.Write(report.FullName, isWhole, items, verdicts, survivors, campaign.Took);
        return problems.Count == 0 ? 0 : 1;
    }
}
