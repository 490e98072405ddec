using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Escapement.Simulation;

/// <summary>The commands.</summary>
internal static class Verbs
{
    private const int Good = 0;
    private const int Violated = 1;
    private const int ProgressEach = 500;
    private const int MostShown = 5;

    /// <summary>run: many seeds.</summary>
    public static Command Run()
    {
        Option<int> seeds = new("--seeds") { Description = "How many seeds.", DefaultValueFactory = _ => 1_000 };
        Option<ulong> from = new("--from") { Description = "The first one.", DefaultValueFactory = _ => 1 };
        Option<int> threads = new("--threads") { Description = "On how many threads.", DefaultValueFactory = _ => 2 };
        Option<bool> json = new("--json") { Description = "What was reached as one JSON object." };
        seeds.Validators.Add(result => Require(result.GetValueOrDefault<int>() > 0, result.AddError, "--seeds must be 1 or more."));
        threads.Validators.Add(result => Require(result.GetValueOrDefault<int>() is > 0 and <= 64, result.AddError, "--threads must be 1 to 64."));
        Command command = new("run", "Plays many seeds and says what broke and what was reached. Exit code 1 when a rule was broken.") { seeds, from, threads, json };
        command.SetAction(parsed => Run(parsed.GetValue(from), parsed.GetValue(seeds), parsed.GetValue(threads), parsed.GetValue(json)));
        return command;
    }

    /// <summary>replay: one seed.</summary>
    public static Command Replay()
    {
        Argument<ulong> seed = new("seed") { Description = "The seed." };
        Option<bool> trace = new("--trace") { Description = "Every edge and every frame, in the order of time." };
        Option<bool> json = new("--json") { Description = "The result as one JSON object." };
        Option<bool> shrink = new("--shrink") { Description = "Leaves out faults and sessions while the same rule still breaks." };
        Option<FileInfo?> csv = new("--csv") { Description = "Writes the wires to this file." };
        Command command = new("replay", "Plays one seed again, exactly. Exit code 1 when a rule was broken.") { seed, trace, json, shrink, csv };
        command.SetAction(parsed =>
        {
            Outcome outcome = Simulation.Play(parsed.GetValue(seed));
            if (parsed.GetValue(shrink) && outcome.Violations.Count > 0) { outcome = Shrinker.Shrink(outcome); }
            if (parsed.GetValue(csv) is { } file)
            {
                using StreamWriter writer = file.CreateText();
                WiresCsv.Write(writer, outcome.Recording);
            }

            Console.WriteLine(parsed.GetValue(json) ? Json(outcome) : Page(outcome, parsed.GetValue(trace)));
            return outcome.Violations.Count > 0 ? Violated : Good;
        });
        return command;
    }

    private static int Run(ulong from, int seeds, int threads, bool json)
    {
        Campaign campaign = Campaign.Run(from, seeds, threads, (done, sofar) =>
        {
            if (done % ProgressEach == 0)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} of {seeds} seeds, {sofar.Coverage.VirtualUs / 1_000_000} virtual s in {sofar.WallSeconds:0} s, {sofar.Failures.Count} broken"));
            }
        });
        foreach (Outcome failed in campaign.Failures.Values.Take(MostShown)) { Console.Error.WriteLine(FailureReport.Of(failed)); }
        if (campaign.Failures.Count > 0) { Console.Error.WriteLine("seeds with a broken rule: " + string.Join(' ', campaign.Failures.Keys)); }
        if (json)
        {
            Console.WriteLine(campaign.Coverage.ToJson(campaign.WallSeconds));
        }
        else
        {
            foreach (string line in campaign.Coverage.Lines()) { Console.WriteLine(line); }
            double rate = campaign.Coverage.VirtualUs / 1e6 / campaign.WallSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{campaign.WallSeconds:0.0} s of wall time, {rate:0} virtual s a second, {rate * 3600:0} an hour"));
        }

        return campaign.Failures.Count > 0 ? Violated : Good;
    }

    private static string Page(Outcome outcome, bool trace)
    {
        List<string> lines = [];
        if (outcome.Violations.Count > 0)
        {
            lines.Add(FailureReport.Of(outcome));
        }
        else
        {
            lines.Add(ScenarioPage.Of(outcome.Scenario));
            lines.Add("no rule is broken");
        }

        lines.AddRange(outcome.Results.Select(one => $"session of '{one.Order.Program.Name}': {(one.Result is { } result ? $"{result.Verdict}: {result.Message}" : "the host broke down")}"));
        lines.Add($"{outcome.Sessions.Count} sessions started, {outcome.Pulses} pulses, {outcome.Restarts} restarts, digest {Digest.Of(outcome.Recording)}");
        if (trace) { lines.AddRange(Trace.Lines(outcome.Recording)); }
        return string.Join('\n', lines);
    }

    private static string Json(Outcome outcome) => JsonSerializer.Serialize(new
    {
        seed = outcome.Scenario.Seed,
        violations = outcome.Violations.Select(one => new { rule = one.Rule, timeUs = one.T80 / 80.0, what = one.What }),
        sessions = outcome.Sessions.Count,
        pulses = outcome.Pulses,
        restarts = outcome.Restarts,
        virtualSeconds = outcome.Recording.EndUs / 1e6,
        digest = Digest.Of(outcome.Recording),
    });

    private static void Require(bool good, Action<string> refuse, string why)
    {
        if (!good) { refuse(why); }
    }
}
