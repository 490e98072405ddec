using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Escapement.Boards.Tests.Wiring;

/// <summary>Reads back what a drawing says, from the attributes of its groups and from its texts.</summary>
internal sealed class Drawn(string svg)
{
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";
    private readonly XDocument _document = XDocument.Parse(svg);

    public XElement Root => _document.Root!;

    /// <summary>Groups that carry all of these attributes.</summary>
    public IEnumerable<XElement> Groups(params string[] names) =>
        Root.Descendants(Space + "g").Where(group => names.All(name => group.Attribute("data-" + name) is not null));

    public static string Value(XElement group, string name) => group.Attribute("data-" + name)!.Value;

    public static IEnumerable<string> Texts(XElement group) => group.Descendants(Space + "text").Select(text => text.Value);

    public string? Child(string name) => Root.Element(Space + name)?.Value;

    /// <summary>Boxes that texts take up, generously, with the text.</summary>
    public IEnumerable<(string Text, double Left, double Right, double Y)> TextBoxes()
    {
        foreach (XElement text in Root.Descendants(Space + "text"))
        {
            double x = (double)text.Attribute("x")!, width = text.Value.Length * 5.6;
            string anchor = (string?)text.Attribute("text-anchor") ?? "start";
            double left = anchor switch { "end" => x - width, "middle" => x - (width / 2), _ => x };
            yield return (text.Value, left, left + width, (double)text.Attribute("y")!);
        }
    }

    public double Width => double.Parse(Regex.Match((string)Root.Attribute("viewBox")!, @"^0 0 (\d+) (\d+)$").Groups[1].Value);

    public double Height => double.Parse(Regex.Match((string)Root.Attribute("viewBox")!, @"^0 0 (\d+) (\d+)$").Groups[2].Value);
}
