using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Escapement.Boards.Wiring;

/// <summary>The pin headers of a board: which GPIO is where.</summary>
public sealed class HeaderFile
{
    /// <summary>"read" or "recalled".</summary>
    public string Source { get; set; } = "";

    /// <summary>Where it was read.</summary>
    public string Document { get; set; } = "";

    /// <summary>Names of the pins of each header, pin 1 first; a number is a GPIO.</summary>
    public Dictionary<string, List<string>> Headers { get; set; } = [];

    /// <summary>The headers of a board that is compiled in; none where nothing is known of them.</summary>
    public static HeaderFile Of(string board)
    {
        var assembly = typeof(HeaderFile).Assembly;
        string? name = assembly.GetManifestResourceNames().FirstOrDefault(one => one.Replace('\\', '/') == $"boards/{board}/headers.yml");
        return name is null ? new HeaderFile() : Read(new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd());
    }

    /// <summary>Reads the text of a file.</summary>
    public static HeaderFile Read(string text) =>
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<HeaderFile>(text);

    /// <summary>Header and pin of a GPIO or a supply ("3V3", "5V", "GND"), as "J1-8"; empty when unknown.</summary>
    public string Place(string name)
    {
        foreach ((string header, List<string> pins) in Headers)
        {
            int index = pins.IndexOf(name);
            if (index >= 0) { return $"{header}-{index + 1}"; }
        }
        return "";
    }
}
