using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Escapement.Boards.Wiring;

/// <summary>boards/gate/gate.yml as it stands in the file. Keys that are not named here are refused.</summary>
public sealed class GateDescription
{
    /// <summary>Format of the file; this is 1.</summary>
    public int Format { get; set; }

    /// <summary>What the circuit is called.</summary>
    public string Name { get; set; } = "";

    /// <summary>Revision of the circuit.</summary>
    public string Revision { get; set; } = "";

    /// <summary>Kinds of parts by their name.</summary>
    public Dictionary<string, PartType> Types { get; set; } = [];

    /// <summary>Schmitt thresholds by their name.</summary>
    public Dictionary<string, SchmittThresholds> Thresholds { get; set; } = [];

    /// <summary>Parts by designator.</summary>
    public Dictionary<string, Part> Parts { get; set; } = [];

    /// <summary>Nets by name; each pin as "part.pin".</summary>
    public Dictionary<string, List<string>> Nets { get; set; } = [];

    /// <summary>Pins that stay open on purpose.</summary>
    public List<string> Unconnected { get; set; } = [];

    /// <summary>Supply domains by name.</summary>
    public Dictionary<string, SupplyDomain> Supplies { get; set; } = [];

    /// <summary>What the parts must come to, by the figure's name.</summary>
    public Dictionary<string, FigureBounds> Figures { get; set; } = [];

    /// <summary>Single faults that leave something open, and what finds them.</summary>
    public List<ResidualFault> Residual { get; set; } = [];

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says where.</exception>
    public static GateDescription Read(string text)
    {
        try
        {
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build()
                .Deserialize<GateDescription>(text) ?? throw new FormatException("The file is empty.");
        }
        catch (YamlException problem)
        {
            throw new FormatException($"line {problem.Start.Line}, column {problem.Start.Column}: {problem.InnerException?.Message ?? problem.Message}", problem);
        }
    }
}

/// <summary>A kind of part: who makes it, its pins, and what is inside.</summary>
public sealed class PartType
{
    /// <summary>Who makes it.</summary>
    public string Maker { get; set; } = "";

    /// <summary>Package.</summary>
    public string Package { get; set; } = "";

    /// <summary>What it is.</summary>
    public string Title { get; set; } = "";

    /// <summary>"read" or "recalled".</summary>
    public string Source { get; set; } = "";

    /// <summary>Where its facts were read.</summary>
    public string Document { get; set; } = "";

    /// <summary>What else to know.</summary>
    public string Note { get; set; } = "";

    /// <summary>Part without units: resistor, capacitor, protection, link, contact, off, terminals, boardConnector.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Pin names by number.</summary>
    public Dictionary<int, string> Pins { get; set; } = [];

    /// <summary>Supply pin and ground pin.</summary>
    public List<string> Supply { get; set; } = [];

    /// <summary>The same of the far side of an isolator.</summary>
    public List<string> FarSupply { get; set; } = [];

    /// <summary>The functions inside.</summary>
    public List<PartUnit> Units { get; set; } = [];
}

/// <summary>One function inside a part.</summary>
public sealed class PartUnit
{
    /// <summary>buffer, and, flipFlop, monostable, isolator, isolatedSupply.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Inputs that are all alike.</summary>
    public List<string> In { get; set; } = [];

    /// <summary>Output.</summary>
    public string Out { get; set; } = "";

    /// <summary>Inverted output.</summary>
    public string OutInverted { get; set; } = "";

    /// <summary>Return of an isolated output.</summary>
    public string OutReturn { get; set; } = "";

    /// <summary>Name of the thresholds of Schmitt inputs; none for plain ones.</summary>
    public string Thresholds { get; set; } = "";

    /// <summary>Data input.</summary>
    public string Data { get; set; } = "";

    /// <summary>Clock, rising.</summary>
    public string Clock { get; set; } = "";

    /// <summary>Asynchronous set, low.</summary>
    public string Set { get; set; } = "";

    /// <summary>Asynchronous reset, low.</summary>
    public string Reset { get; set; } = "";

    /// <summary>Trigger input that takes a falling edge.</summary>
    public string Falling { get; set; } = "";

    /// <summary>Trigger input that takes a rising edge.</summary>
    public string Rising { get; set; } = "";

    /// <summary>
    /// "and": starts when "reset high and rising high and falling low" becomes true; "or": when "rising high or falling low" does.
    /// </summary>
    public string Trigger { get; set; } = "";

    /// <summary>Pin of timing resistor and capacitor.</summary>
    public string Timing { get; set; } = "";

    /// <summary>Other pin of the timing capacitor.</summary>
    public string Capacitor { get; set; } = "";

    /// <summary>Width over R C, in thousandths.</summary>
    public int FactorPermille { get; set; }

    /// <summary>Its spread, in thousandths of itself.</summary>
    public int FactorTolerancePermille { get; set; }

    /// <summary>Whether an edge during the pulse starts it anew.</summary>
    public bool Retriggerable { get; set; }

    /// <summary>Output enable of an isolator's channel.</summary>
    public string Enable { get; set; } = "";

    /// <summary>Supply and ground of an isolator's input side.</summary>
    public List<string> InSupply { get; set; } = [];

    /// <summary>Supply and ground of an isolator's output side.</summary>
    public List<string> OutSupply { get; set; } = [];

    /// <summary>Start-up time of a supply, in microseconds.</summary>
    public int StartUs { get; set; }

    /// <summary>Input of a supply below which it stops, in millivolts.</summary>
    public int WorksAboveMillivolts { get; set; }

    /// <summary>Output of a supply below which nothing on it works any more, in millivolts.</summary>
    public int DeadBelowMillivolts { get; set; }
}

/// <summary>Schmitt thresholds: least, typical, most, in millivolts.</summary>
public sealed class SchmittThresholds
{
    /// <summary>Supply at which they hold, in millivolts.</summary>
    public int SupplyMillivolts { get; set; }

    /// <summary>Threshold of a rising input.</summary>
    public List<int> RisingMillivolts { get; set; } = [];

    /// <summary>Threshold of a falling input.</summary>
    public List<int> FallingMillivolts { get; set; } = [];
}

/// <summary>A part of the circuit.</summary>
public sealed class Part
{
    /// <summary>The block of the drawing that it is in.</summary>
    public string Block { get; set; } = "";

    /// <summary>"board" for the gate's own board, "bench" for what is wired to it.</summary>
    public string Place { get; set; } = "board";

    /// <summary>Its kind.</summary>
    public string Type { get; set; } = "";

    /// <summary>Order code; without one the kind's name is it.</summary>
    [YamlMember(Alias = "part")]
    public string OrderCode { get; set; } = "";

    /// <summary>Maker, where it is not the kind's.</summary>
    public string Maker { get; set; } = "";

    /// <summary>Ohms or picofarads.</summary>
    public long Value { get; set; }

    /// <summary>Tolerance in thousandths.</summary>
    public int TolerancePermille { get; set; }

    /// <summary>Why it is there.</summary>
    public string Why { get; set; } = "";

    /// <summary>Which fault it answers.</summary>
    public string Answers { get; set; } = "";
}

/// <summary>A domain: its ground and the rails over it.</summary>
public sealed class SupplyDomain
{
    /// <summary>Ground net.</summary>
    public string Ground { get; set; } = "";

    /// <summary>Rails in millivolts.</summary>
    public Dictionary<string, int> Rails { get; set; } = [];
}

/// <summary>What a figure must come to, over all tolerances.</summary>
public sealed class FigureBounds
{
    /// <summary>The pin that shows it.</summary>
    public string Of { get; set; } = "";

    /// <summary>Which edge, for a filter.</summary>
    public string Edge { get; set; } = "";

    /// <summary>Least.</summary>
    public long AtLeast { get; set; }

    /// <summary>Most.</summary>
    public long AtMost { get; set; }

    /// <summary>Why.</summary>
    public string Why { get; set; } = "";
}

/// <summary>A net (or a single pin) whose fault leaves something open, and what finds it.</summary>
public sealed class ResidualFault
{
    /// <summary>The net.</summary>
    public string Net { get; set; } = "";

    /// <summary>What it loses, by the scenario's name.</summary>
    public List<string> Loses { get; set; } = [];

    /// <summary>What finds it, and when.</summary>
    public string FoundBy { get; set; } = "";
}
