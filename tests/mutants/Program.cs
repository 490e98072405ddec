using System.CommandLine;
using Escapement.Fit;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;
using Escapement.Mutants.Reporting;
using Escapement.Mutants.Running;

namespace Escapement.Mutants;

static class Program
{
    static int Main(string[] args)
    {
        if (args is [Worker.Verb, string folder])
            return Worker.Run(folder);
        var root = new RootCommand("Changes the compiled firmware, one instruction at a time, and shows which test finds it.");
        root.Subcommands.Add(Run());
        root.Subcommands.Add(List());
        root.Subcommands.Add(Show());
        return root.Parse(args).Invoke();
    }

    static Option<string> Set()
    {
        var set = new Option<string>("--set") { Description = "Which code: safety, interlocks or all.", DefaultValueFactory = _ => MutantSet.All };
        set.AcceptOnlyFromAmong(MutantSet.Safety, MutantSet.Interlocks, MutantSet.All);
        return set;
    }

    static Command Run()
    {
        Option<string> set = Set();
        var json = new Option<bool>("--json") { Description = "Write every mutant with what became of it to standard output as JSON." };
        var report = new Option<FileInfo?>("--report") { Description = "Write the tables of this page anew (docs/mutants.md)." };
        var threads = new Option<int>("--threads") { Description = "Worker processes.", DefaultValueFactory = _ => 2 };
        var only = new Option<string>("--only") { Description = "Only mutants whose id or name contains this.", DefaultValueFactory = _ => "" };
        var named = new Option<bool>("--named") { Description = "Only mutants that belong to an input, limit, reason or fault, until one of each was killed." };
        var command = new Command("run", "Try mutants. Exit code 1: too many live, one lives without a reason, or an input, limit, reason or fault has none that was killed.")
            { set, json, report, threads, only, named };
        command.SetAction(parsed => CampaignReport.Run(RepositoryRoot.Find(), parsed.GetValue(set)!, parsed.GetValue(only)!, parsed.GetValue(named), parsed.GetValue(threads), parsed.GetValue(json), parsed.GetValue(report)));
        return command;
    }

    static Command List()
    {
        Option<string> set = Set();
        var command = new Command("list", "Every mutant: id, change, place, names.") { set };
        command.SetAction(parsed =>
        {
            foreach (Mutant mutant in MutantSet.Of(FirmwareImages.Compile(RepositoryRoot.Find()), parsed.GetValue(set)!))
                Console.WriteLine($"{mutant.Id}\t{mutant.File}:{mutant.Line}\t{string.Join(", ", mutant.Names)}");
        });
        return command;
    }

    static Command Show()
    {
        var ids = new Argument<string[]>("id") { Description = "Mutants' ids.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("show", "Source line of mutants, and their instructions before and after.") { ids };
        command.SetAction(parsed =>
        {
            FirmwareImages firmware = FirmwareImages.Compile(RepositoryRoot.Find());
            Dictionary<string, Mutant> all = MutantSet.Of(firmware, MutantSet.All).ToDictionary(one => one.Id);
            foreach (string id in parsed.GetValue(ids)!)
            {
                if (!all.TryGetValue(id, out Mutant? mutant))
                {
                    Console.Error.WriteLine($"No mutant {id}; the list verb names them all.");
                    return 2;
                }
                Console.WriteLine($"{mutant.Id}\n{mutant.File}:{mutant.Line}: {mutant.Statement}\nbelongs to: {string.Join(", ", mutant.Names)}\n");
                Console.WriteLine(Difference.Of(firmware, mutant));
            }
            return 0;
        });
        return command;
    }
}
