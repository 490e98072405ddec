using System.Globalization;
using System.Net;
using System.Text;

namespace Escapement.Boards.Wiring;

/// <summary>Writes a drawing. All coordinates are whole pixels, so the bytes do not depend on the machine.</summary>
internal sealed class Svg
{
    private const string Style = """
          text { font-family: "DejaVu Sans", Verdana, Arial, sans-serif; font-size: 12px; fill: #1c2430 }
          .title { font-size: 22px; font-weight: bold }
          .heading { font-size: 14px; font-weight: bold }
          .name { font-weight: bold }
          .small { font-size: 11px; fill: #55606e }
          .net { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: 11px; fill: #0b4f8a }
          .frame { fill: #f6f8fa; stroke: #c3cbd4 }
          .box { fill: #ffffff; stroke: #1c2430; stroke-width: 1.5 }
          .board { fill: #eaf2ea; stroke: #3c6e3c; stroke-width: 1.5 }
          .gate { fill: #eef3f9; stroke: #2f5d8a; stroke-width: 1.5 }
          .stimulator { fill: #fdf3e3; stroke: #a3702a; stroke-width: 1.5 }
          .wire { stroke: #1c2430; stroke-width: 1.5; fill: none }
          .drive { stroke: #b3261e; stroke-width: 2; fill: none }
          .sense { stroke: #1f5fa8; stroke-width: 2; fill: none }
          .contact { stroke: #2d7a3a; stroke-width: 2; fill: none }
          .supply { stroke: #1c2430; stroke-width: 2; fill: none }
          .analogue { stroke: #7a3f98; stroke-width: 2; fill: none }
          .absent { stroke: #b6bec8; stroke-width: 1.5; stroke-dasharray: 4 4; fill: none }
          .barrier { stroke: #a3702a; stroke-width: 2; stroke-dasharray: 9 5; fill: none }
          .pad { fill: #ffffff; stroke: #1c2430; stroke-width: 1.5 }
          .faint { fill: #9aa3ad }
        """;

    private readonly StringBuilder _body = new();

    public void Line(string kind, params int[] points) =>
        _body.Append(CultureInfo.InvariantCulture, $"  <polyline class=\"{kind}\" points=\"{string.Join(' ', points.Chunk(2).Select(point => $"{point[0]},{point[1]}"))}\"/>\n");

    public void Arrow(string kind, params int[] points)
    {
        Line(kind, points);
        int x = points[^2], y = points[^1], fromX = points[^4], fromY = points[^3];
        (int dx, int dy) = (Math.Sign(x - fromX), Math.Sign(y - fromY));
        Line(kind, x - (dx * 7) - (dy * 4), y - (dy * 7) - (dx * 4), x, y, x - (dx * 7) + (dy * 4), y - (dy * 7) + (dx * 4));
    }

    public void Rect(string kind, int x, int y, int width, int height, int radius = 3) =>
        _body.Append(CultureInfo.InvariantCulture, $"  <rect class=\"{kind}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>\n");

    public void Circle(string kind, int x, int y, int radius) =>
        _body.Append(CultureInfo.InvariantCulture, $"  <circle class=\"{kind}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>\n");

    public void Text(string kind, int x, int y, string text, string anchor = "start") =>
        _body.Append(CultureInfo.InvariantCulture, $"  <text{(kind.Length == 0 ? "" : $" class=\"{kind}\"")} x=\"{x}\" y=\"{y}\"{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}>{WebUtility.HtmlEncode(text)}</text>\n");

    /// <summary>Text in several lines of at most so many characters; returns the y of the line after it.</summary>
    public int Paragraph(string kind, int x, int y, int characters, string text)
    {
        foreach (string line in Wrap(text, characters))
        {
            Text(kind, x, y, line);
            y += 16;
        }
        return y;
    }

    /// <summary>A resistor lying from one point to the right; its zigzag is 36 wide.</summary>
    public void Resistor(int x, int y) => Rect("pad", x, y - 5, 36, 10, 0);

    /// <summary>A capacitor lying, 36 wide.</summary>
    public void Capacitor(int x, int y)
    {
        Line("wire", x, y, x + 15, y);
        Line("wire", x + 15, y - 8, x + 15, y + 8);
        Line("wire", x + 21, y - 8, x + 21, y + 8);
        Line("wire", x + 21, y, x + 36, y);
    }

    /// <summary>Ground below a point.</summary>
    public void Ground(int x, int y)
    {
        Line("wire", x - 7, y, x + 7, y);
        Line("wire", x - 4, y + 3, x + 4, y + 3);
        Line("wire", x - 1, y + 6, x + 1, y + 6);
    }

    /// <summary>Begins a group that says what it stands for; the attributes are what tests read.</summary>
    public void Begin(params (string Name, string Value)[] attributes) =>
        _body.Append("  <g").Append(string.Concat(attributes.Select(one => $" data-{one.Name}=\"{WebUtility.HtmlEncode(one.Value)}\""))).Append(">\n");

    public void End() => _body.Append("  </g>\n");

    /// <summary>The whole file.</summary>
    public string Document(int width, int height, string title, string description) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"t d\">\n"
        + $"  <title id=\"t\">{WebUtility.HtmlEncode(title)}</title>\n  <desc id=\"d\">{WebUtility.HtmlEncode(description)}</desc>\n"
        + $"  <style>\n{Style.ReplaceLineEndings("\n")}\n  </style>\n  <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{_body}</svg>\n";

    private static IEnumerable<string> Wrap(string text, int characters)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > characters)
            {
                yield return line;
                line = "";
            }
            line += (line.Length == 0 ? "" : " ") + word;
        }
        yield return line;
    }
}
