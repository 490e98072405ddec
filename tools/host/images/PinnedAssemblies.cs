using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Escapement.Host;

/// <summary>The assemblies that a board's image is made of, with their exact versions: what the app's project file names, and our own.</summary>
public static partial class PinnedAssemblies
{
    /// <summary>The program.</summary>
    public const string App = "Escapement.App";

    /// <summary>The library that the program is made of.</summary>
    public const string Firmware = "Escapement.Firmware";

    /// <summary>The class library that everything needs.</summary>
    public const string CoreLibrary = "mscorlib";

    private static readonly Lazy<SortedDictionary<string, Version>> Loaded = new(Load);

    /// <summary>Name and version of each.</summary>
    public static IReadOnlyDictionary<string, Version> Versions => Loaded.Value;

    [GeneratedRegex(@"^([^,]+), Version=([0-9.]+)")]
    private static partial Regex Identity();

    private static SortedDictionary<string, Version> Load()
    {
        Version own = Assembly.GetExecutingAssembly().GetName().Version!;
        var found = new SortedDictionary<string, Version>(StringComparer.Ordinal) { [App] = own, [Firmware] = own };
        using Stream project = Assembly.GetExecutingAssembly().GetManifestResourceStream("Escapement.Host.App.nfproj")!;
        foreach (XElement reference in XDocument.Load(project).Descendants().Where(element => element.Name.LocalName == "Reference"))
        {
            Match identity = Identity().Match((string)reference.Attribute("Include")!);
            found.Add(identity.Groups[1].Value, Version.Parse(identity.Groups[2].Value));
        }

        return found;
    }
}
