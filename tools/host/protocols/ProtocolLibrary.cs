using System.Globalization;

namespace Escapement.Host;

/// <summary>The published protocols that come with the program, one row of library.csv each.</summary>
public static class ProtocolLibrary
{
    private const string ResourceName = "Escapement.Host.library.csv";

    private static readonly Lazy<IReadOnlyList<Protocol>> Rows = new(Load);

    /// <summary>All protocols in the order of the library.</summary>
    public static IReadOnlyList<Protocol> All => Rows.Value;

    /// <summary>The protocol of an id; upper and lower case are the same.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static Protocol Find(string id) => TryFind(id) ?? throw new InputException(
        $"there is no protocol '{Shown(id)}' in the library{NearestName.Hint(id, [.. All.Select(row => row.Id)])}; 'escapement protocols' lists them, and a protocol file is named with its ending .yaml, .yml or .json.");

    /// <summary>The protocol of an id, or null.</summary>
    public static Protocol? TryFind(string id) => All.FirstOrDefault(row => string.Equals(row.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a command line argument means: a library id, or the path of a protocol file (it has a folder or an ending in it, or exists).</summary>
    /// <exception cref="InputException">Neither can be read.</exception>
    public static Protocol Resolve(string idOrPath)
    {
        if (TryFind(idOrPath) is { } row)
        {
            return row;
        }

        var looksLikePath = idOrPath.Contains('/', StringComparison.Ordinal) || idOrPath.Contains('\\', StringComparison.Ordinal)
            || ProtocolFile.HasKnownEnding(idOrPath) || File.Exists(idOrPath) || Directory.Exists(idOrPath);
        return looksLikePath ? ProtocolFile.Load(idOrPath) : Find(idOrPath);
    }

    private static string Shown(string id) => id.Length <= 60 ? id : id[..60] + "...";

    private static IReadOnlyList<Protocol> Load()
    {
        using var stream = typeof(ProtocolLibrary).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The resource {ResourceName} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var rows = new List<Protocol>();
        var header = Csv.Split(reader.ReadLine() ?? "");
        while (reader.ReadLine() is { } line)
        {
            rows.Add(Row(header.Zip(Csv.Split(line)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)));
        }

        return rows;
    }

    private static Protocol Row(Dictionary<string, string> cells) => new()
    {
        Id = cells["id"],
        Title = cells["title"],
        Family = cells["family"],
        Source = cells["source"],
        Blocks =
        [
            new RepeatBlock
            {
                PulsesPerBurst = int.Parse(cells["pulses_per_burst"], CultureInfo.InvariantCulture),
                InterPulseUs = Rational.Parse(cells["ipi_us"]),
                BurstsPerTrain = int.Parse(cells["bursts_per_train"], CultureInfo.InvariantCulture),
                InterBurstUs = Optional(cells["ibi_us"]),
                Trains = int.Parse(cells["trains"], CultureInfo.InvariantCulture),
                TrainPeriodUs = Optional(cells["train_period_us"]),
            },
        ],
    };

    private static Rational Optional(string cell) => cell.Length == 0 ? Rational.Zero : Rational.Parse(cell);
}
