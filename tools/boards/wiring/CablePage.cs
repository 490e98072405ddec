using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Escapement.Boards.Wiring;

/// <summary>boards/gate/cables.yml: cables to stimulators as data, and the page made of them.</summary>
public sealed class CablePage
{
    /// <summary>Format of the file; this is 1.</summary>
    public int Format { get; set; }

    /// <summary>The cables.</summary>
    public List<Cable> Cables { get; set; } = [];

    /// <summary>The cables that are compiled in.</summary>
    public static CablePage Own()
    {
        using Stream stream = typeof(CablePage).Assembly.GetManifestResourceStream("boards/gate/cables.yml")!;
        return Read(new StreamReader(stream).ReadToEnd());
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says where.</exception>
    public static CablePage Read(string text)
    {
        try
        {
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<CablePage>(text);
        }
        catch (YamlException problem)
        {
            throw new FormatException($"line {problem.Start.Line}: {problem.Message}", problem);
        }
    }

    /// <summary>A cable whose terminal the gate does not have, or that says it was read and not where.</summary>
    public IEnumerable<string> Problems(GateCircuit circuit)
    {
        foreach (Cable cable in Cables)
        {
            if (cable.Source is not ("read" or "recalled") || (cable.Source == "read") != (cable.Document.Length > 0)) { yield return $"{cable.Name}: what was read is to be named, and only that"; }
            foreach (CableWire wire in cable.Wires.Where(wire => circuit.NetOf(wire.Terminal) is null)) { yield return $"{cable.Name}: the gate has no terminal {wire.Terminal}"; }
        }
    }

    /// <summary>The page.</summary>
    public string Write()
    {
        var text = new StringBuilder("# Cables to stimulators\n\n<!-- Generated from cables.yml; after an edit there: dotnet run --project tools/fit -- boards -->\n\nWhat each stimulator asks for, and why, is told in [docs/stimulators.md](../../docs/stimulators.md). Connect a scope before you connect a stimulator.\n");
        foreach (Cable cable in Cables)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {cable.Name}\n\n{(cable.Source == "recalled" ? "**Recalled, not read in a source: ask the maker or measure before you connect.**" : $"Read in: {cable.Document}.")} Connector: {cable.Connector}. Levels: {cable.Levels}.\n\n")
                .Append("| gate | stimulator | signal | note |\n|---|---|---|---|\n");
            foreach (CableWire wire in cable.Wires) { text.Append(CultureInfo.InvariantCulture, $"| {wire.Terminal} | {wire.Pin} | {wire.Name} | {wire.Note} |\n"); }
            foreach (CableOpen open in cable.LeaveOpen) { text.Append(CultureInfo.InvariantCulture, $"| open | {open.Pin} | {open.Name} | {open.Why} |\n"); }
            text.Append(CultureInfo.InvariantCulture, $"\nReady: {cable.Ready}\n");
        }
        return text.ToString();
    }
}

/// <summary>A cable.</summary>
public sealed class Cable
{
    /// <summary>Which stimulator.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its connector.</summary>
    public string Connector { get; set; } = "";

    /// <summary>"read" or "recalled".</summary>
    public string Source { get; set; } = "";

    /// <summary>Where it was read.</summary>
    public string Document { get; set; } = "";

    /// <summary>Levels.</summary>
    public string Levels { get; set; } = "";

    /// <summary>The wires.</summary>
    public List<CableWire> Wires { get; set; } = [];

    /// <summary>Pins that stay open, with the reason.</summary>
    public List<CableOpen> LeaveOpen { get; set; } = [];

    /// <summary>What about its ready signal.</summary>
    public string Ready { get; set; } = "";
}

/// <summary>A wire of a cable.</summary>
public sealed class CableWire
{
    /// <summary>Terminal of the gate.</summary>
    public string Terminal { get; set; } = "";

    /// <summary>Pin at the stimulator.</summary>
    public string Pin { get; set; } = "";

    /// <summary>Its name there.</summary>
    public string Name { get; set; } = "";

    /// <summary>What to know.</summary>
    public string Note { get; set; } = "";
}

/// <summary>A pin that stays open.</summary>
public sealed class CableOpen
{
    /// <summary>Pin at the stimulator.</summary>
    public string Pin { get; set; } = "";

    /// <summary>Its name there.</summary>
    public string Name { get; set; } = "";

    /// <summary>Why.</summary>
    public string Why { get; set; } = "";
}
