using System.CommandLine;
using System.Text.Json;

namespace Escapement.Fuzz;

/// <summary>The command line.</summary>
public static class Verbs
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Run()
    {
        Option<long> inputs = new("--inputs") { Description = "Inputs to each target.", DefaultValueFactory = _ => 10_000_000 };
        Option<ulong> seed = Seed();
        Option<string> target = new("--target") { Description = "frames, registers, commands, verifier or all.", DefaultValueFactory = _ => "all" };
        Option<int> threads = new("--threads") { Description = "Threads.", DefaultValueFactory = _ => 2 };
        Option<bool> json = new("--json") { Description = "The result as JSON on standard output." };
        target.AcceptOnlyFromAmong(["all", .. Targets.Names]);
        inputs.Validators.Add(result => Require(result.GetValue(inputs) >= 1, "--inputs must be at least 1.", result));
        threads.Validators.Add(result => Require(result.GetValue(threads) is >= 1 and <= 256, "--threads must be 1 to 256.", result));
        Command command = new("run", "Give inputs until they are used up, or until ten have shown a violation. Exit code 0: none did, 1: some did, 2: bad arguments.") { inputs, seed, target, threads, json };
        command.SetAction(parsed => Run(parsed.GetValue(inputs), parsed.GetValue(seed), parsed.GetValue(target)!, parsed.GetValue(threads), parsed.GetValue(json)));
        return command;
    }

    public static Command Replay()
    {
        Option<ulong> seed = Seed();
        Option<string> target = new("--target") { Description = "frames, registers, commands or verifier.", Required = true };
        Option<long> input = new("--input") { Description = "Number of the input.", Required = true };
        target.AcceptOnlyFromAmong(Targets.Names);
        input.Validators.Add(result => Require(result.GetValue(input) >= 0, "--input must not be negative.", result));
        Command command = new("replay", "Play one input again, with all that came before it in its session, and say what happened.") { target, seed, input };
        command.SetAction(parsed => Replay(parsed.GetValue(target)!, parsed.GetValue(seed), parsed.GetValue(input)));
        return command;
    }

    private static Option<ulong> Seed() => new("--seed") { Description = "Seed of the campaign.", DefaultValueFactory = _ => 1 };

    private static void Require(bool holds, string message, System.CommandLine.Parsing.OptionResult result)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }

    private static int Run(long inputs, ulong seed, string target, int threads, bool json)
    {
        List<TargetResult> results = [];
        foreach (string name in target == "all" ? Targets.Names : [target])
        {
            results.Add(Campaign.Run(() => Targets.Make(name), inputs, seed, threads, (which, done) => Console.Error.WriteLine($"{which}: {done:N0} of {inputs:N0}")));
            Show(results[^1], json);
        }

        bool clean = results.All(result => result.Violations.Count == 0);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { seed, threads, clean, results }, Json));
        }
        else
        {
            Console.WriteLine(clean ? $"No violation in {results.Sum(result => result.Inputs):N0} inputs, seed {seed}, {results.Sum(result => result.Seconds):F0} s." : "Violations were found.");
        }

        return clean ? 0 : 1;
    }

    private static void Show(TargetResult result, bool json)
    {
        TextWriter output = json ? Console.Error : Console.Out;
        output.WriteLine($"{result.Target,-10} {result.Inputs,12:N0} inputs {result.Seconds,8:F1} s {result.Inputs / result.Seconds,12:N0} inputs/s {result.Violations.Count,3} violations");
        foreach (Violation violation in result.Violations)
        {
            output.WriteLine($"  {violation.What}");
            output.WriteLine($"  input {violation.Input}: {violation.Hex}");
            output.WriteLine($"  again: dotnet run -c Release --project tests/fuzz -- replay --target {violation.Target} --seed {violation.Seed} --input {violation.Input}");
        }
    }

    private static int Replay(string name, ulong seed, long input)
    {
        IFuzzTarget target = Targets.Make(name);
        Violation? violation = Campaign.Replay(target, seed, input);
        Console.WriteLine($"{name}, seed {seed}, input {input}: {target.Input.Length} bytes");
        Console.WriteLine(Convert.ToHexString(target.Input));
        Console.WriteLine(target.Outcome);
        Console.WriteLine(violation is null ? "Every property holds." : "Violation: " + violation.What);
        return violation is null ? 0 : 1;
    }
}
