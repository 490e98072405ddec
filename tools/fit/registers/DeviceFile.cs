using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Escapement.Fit.Registers;

/// <summary>One element range of a register's payload with a name of its own.</summary>
public sealed record PayloadMember(string Name, int Offset, string Description, string? MaskType, long? DefaultValue);

/// <summary>One register as device.yml or the Harp core describes it.</summary>
public sealed record Register(
    string Name, int Address, string Type, int Length, bool CanRead, bool CanWrite, bool CanEvent,
    string Description, string? MaskType, IReadOnlyList<PayloadMember> Members)
{
    public bool IsCore => Address < 32;

    /// <summary>Harp's PayloadType byte, without the timestamp bit.</summary>
    public int PayloadType => Type switch
    {
        "U8" => 0x01, "U16" => 0x02, "U32" => 0x04, "U64" => 0x08,
        "S8" => 0x81, "S16" => 0x82, "S32" => 0x84, "S64" => 0x88,
        "Float" => 0x44,
        _ => throw new InvalidDataException($"Register {Name}: the type '{Type}' is none of Harp's; use U8 to U64, S8 to S64 or Float."),
    };

    public int Bytes => (PayloadType & 0x0F) * Length;
}

/// <summary>One name of a mask with its value.</summary>
public sealed record MaskValue(string Name, long Value, string Description);

/// <summary>A bit mask (flags) or a group mask (one value of a list).</summary>
public sealed record Mask(string Name, bool IsFlags, string Description, IReadOnlyList<MaskValue> Values);

/// <summary>device.yml, read in the order in which it stands in the file.</summary>
public sealed record DeviceFile(
    string Device, int WhoAmI, string ProtocolVersion, string FirmwareVersion, string HardwareTargets,
    IReadOnlyList<Register> Registers, IReadOnlyList<Mask> Masks)
{
    public static DeviceFile Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var registers = Entries(root, "registers").Select(e => ReadRegister(e.Name, e.Node)).ToList();
        var masks = Entries(root, "bitMasks").Select(e => ReadMask(e.Name, e.Node, "bits"))
            .Concat(Entries(root, "groupMasks").Select(e => ReadMask(e.Name, e.Node, "values"))).ToList();
        return new DeviceFile(Text(root, "device"), (int)Number(root, "whoAmI"), Text(root, "protocolVersion"),
            Text(root, "firmwareVersion"), Text(root, "hardwareTargets"), registers, masks);
    }

    private static Register ReadRegister(string name, YamlMappingNode node)
    {
        var access = node.Children[new YamlScalarNode("access")] switch
        {
            YamlSequenceNode many => many.Select(a => a.ToString()).ToArray(),
            var one => [one.ToString()],
        };
        var members = Entries(node, "payloadSpec")
            .Select(e => new PayloadMember(e.Name, (int)Number(e.Node, "offset"), Text(e.Node, "description"),
                OptionalText(e.Node, "maskType"), OptionalNumber(e.Node, "defaultValue")))
            .ToList();
        // A register is always readable: Harp answers Read for each, and a dump reports each.
        return new Register(name, (int)Number(node, "address"), Text(node, "type"), (int)(OptionalNumber(node, "length") ?? 1),
            CanRead: true, access.Contains("Write"), access.Contains("Event"), Text(node, "description"),
            OptionalText(node, "maskType"), members);
    }

    private static Mask ReadMask(string name, YamlMappingNode node, string key)
    {
        var values = Entries(node, key)
            .Select(e => new MaskValue(e.Name, Number(e.Node, "value"), OptionalText(e.Node, "description") ?? ""))
            .ToList();
        return new Mask(name, key == "bits", Text(node, "description"), values);
    }

    private static IEnumerable<(string Name, YamlMappingNode Node)> Entries(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var found)
            ? ((YamlMappingNode)found).Children.Select(c => (c.Key.ToString(), (YamlMappingNode)c.Value))
            : [];

    private static string Text(YamlMappingNode node, string key) =>
        OptionalText(node, key) ?? throw new InvalidDataException($"device.yml line {node.Start.Line}: '{key}' is missing.");

    private static string? OptionalText(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found.ToString() : null;

    private static long Number(YamlMappingNode node, string key) =>
        OptionalNumber(node, key) ?? throw new InvalidDataException($"device.yml line {node.Start.Line}: '{key}' is missing.");

    private static long? OptionalNumber(YamlMappingNode node, string key)
    {
        if (OptionalText(node, key) is not { } text)
        {
            return null;
        }

        return text.StartsWith("0x", StringComparison.Ordinal)
            ? long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : long.Parse(text, CultureInfo.InvariantCulture);
    }
}
