namespace Escapement.Boards.Wiring;

/// <summary>A pin of a part.</summary>
/// <param name="Part">Designator.</param>
/// <param name="Number">Number on the package.</param>
/// <param name="Name">Name.</param>
public sealed record Pin(string Part, int Number, string Name)
{
    /// <summary>"part.pin".</summary>
    public override string ToString() => $"{Part}.{Name}";
}

/// <summary>A net and its pins.</summary>
/// <param name="Name">Name.</param>
/// <param name="Pins">Pins, in the order of the file.</param>
public sealed record Net(string Name, IReadOnlyList<Pin> Pins);

/// <summary>The gate circuit: parts, pins and nets, checked.</summary>
public sealed class GateCircuit
{
    /// <summary>Where the description lies in the repository.</summary>
    public const string Path = "boards/gate/gate.yml";

    private readonly Dictionary<string, string> _netOfPin = [];

    private GateCircuit(GateDescription description)
    {
        Description = description;
        Nets = [.. description.Nets.Select(net => new Net(net.Key, [.. net.Value.Select(name => PinOf(name)!)]))];
        foreach (Net net in Nets)
        {
            foreach (Pin pin in net.Pins) { _netOfPin[pin.ToString()] = net.Name; }
        }
    }

    /// <summary>The file.</summary>
    public GateDescription Description { get; }

    /// <summary>The nets, in the order of the file.</summary>
    public IReadOnlyList<Net> Nets { get; }

    /// <summary>The parts, in the order of the file.</summary>
    public IEnumerable<KeyValuePair<string, Part>> Parts => Description.Parts;

    /// <summary>The circuit that is compiled in.</summary>
    public static GateCircuit Own()
    {
        using Stream stream = typeof(GateCircuit).Assembly.GetManifestResourceStream("boards/gate/gate.yml")!;
        return Read(new StreamReader(stream).ReadToEnd());
    }

    /// <summary>A circuit from the text of a file.</summary>
    /// <exception cref="FormatException">It is not a circuit; the message holds every problem.</exception>
    public static GateCircuit Read(string text)
    {
        var description = GateDescription.Read(text);
        Require(GateCheck.Problems(description));
        var circuit = new GateCircuit(description);
        Require([.. new GateFigures(circuit).Beyond()]);
        return circuit;
    }

    /// <summary>Kind of a part.</summary>
    public PartType TypeOf(string part) => Description.Types[Description.Parts[part].Type];

    /// <summary>Order code of a part.</summary>
    public string OrderCode(string part) => Description.Parts[part] is { OrderCode: { Length: > 0 } code } ? code : Description.Parts[part].Type;

    /// <summary>Maker of a part.</summary>
    public string MakerOf(string part) => Description.Parts[part].Maker is { Length: > 0 } maker ? maker : TypeOf(part).Maker;

    /// <summary>Net of a pin, "part.pin"; null when it is open.</summary>
    public string? NetOf(string pin) => _netOfPin.GetValueOrDefault(pin);

    /// <summary>Net of a pin; null when it is open.</summary>
    public string? NetOf(string part, string pin) => NetOf($"{part}.{pin}");

    /// <summary>Pins of a part by number.</summary>
    public IEnumerable<Pin> PinsOf(string part) => TypeOf(part).Pins.OrderBy(pin => pin.Key).Select(pin => new Pin(part, pin.Key, pin.Value));

    /// <summary>Parts of a kind with exactly these two nets at their pins; null stands for any net.</summary>
    public IEnumerable<KeyValuePair<string, Part>> Between(string kind, string? one, string? other) => Parts.Where(part =>
    {
        if (TypeOf(part.Key).Kind != kind) { return false; }
        string? first = NetOf(part.Key, "1"), second = NetOf(part.Key, "2");
        return (Same(first, one) && Same(second, other)) || (Same(first, other) && Same(second, one));
    });

    private static void Require(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0) { throw new FormatException(string.Join(Environment.NewLine, problems)); }
    }

    private static bool Same(string? net, string? asked) => asked is null || net == asked;

    private Pin? PinOf(string name) => GateCheck.PinOf(Description, name);
}
