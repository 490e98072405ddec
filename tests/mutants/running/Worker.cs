using System.Globalization;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>A process that tries mutants: one line in for each, one line out for each test that begins and one for what became of it.</summary>
public static class Worker
{
    public const string Verb = "worker";

    public static int Run(string folder)
    {
        Properties.InOneThread();
        FirmwareImages firmware = FirmwareImages.Load(folder);
        var trial = new Trial(firmware);
        TextWriter replies = Console.Out;
        for (string? line = Console.In.ReadLine(); line != null; line = Console.In.ReadLine())
        {
            string[] parts = line.Split('\t');
            Mutant mutant = Decode(parts);
            IEnumerable<(string, long)> tests = parts[6..].Select(part => part.Split('|')).Select(part => (part[0], long.Parse(part[1], CultureInfo.InvariantCulture)));
            (Outcome outcome, string test, string message) = trial.Run(mutant, tests, name =>
            {
                replies.WriteLine($"begins\t{name}");
                replies.Flush();
            });
            replies.WriteLine($"done\t{outcome}\t{test}\t{message.Replace('\t', ' ')}");
            replies.Flush();
        }
        return 0;
    }

    public static string Encode(Mutant mutant, IEnumerable<(string Name, long Budget)> tests) => string.Join('\t',
        new[] { mutant.Id, mutant.Assembly, mutant.Method, $"{mutant.Index}", $"{mutant.Operator}", $"{mutant.Change}" }.Concat(tests.Select(test => $"{test.Name}|{test.Budget}")));

    static Mutant Decode(string[] parts) => new(
        parts[0], parts[1], "", parts[2], int.Parse(parts[3], CultureInfo.InvariantCulture), Enum.Parse<Operator>(parts[4]),
        long.Parse(parts[5], CultureInfo.InvariantCulture), "", 0, "", []);
}
