using System.Globalization;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Escapement.Host;

/// <summary>Draws panels under each other as PNG or SVG.</summary>
internal static class Picture
{
    private const int Width = 1200;
    private const int PanelHeight = 250;
    private const int LaneHeight = 40;
    private const int HeadHeight = 64;
    private const float TextSize = 14;
    private const double TickDensity = 0.6;

    private static readonly string[] Preferred = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Segoe UI", "Helvetica", "Arial"];
    private static readonly string Family = Preferred.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? Fonts.Default;

    public static void Write(Stream stream, bool isSvg, string title, string subtitle, IReadOnlyList<Panel> panels)
    {
        int[] heights = [.. panels.Select(panel => PanelHeight + ((panel.Lanes.Count - 1) * LaneHeight))];
        var height = HeadHeight + heights.Sum();
        if (isSvg)
        {
            using var canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, height), stream);
            Draw(canvas, title, subtitle, panels, heights);
            return;
        }

        using var surface = SKSurface.Create(new SKImageInfo(Width, height))
            ?? throw new InputException("the picture cannot be drawn on this machine; use .svg.");
        Draw(surface.Canvas, title, subtitle, panels, heights);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        png.SaveTo(stream);
    }

    private static void Draw(SKCanvas canvas, string title, string subtitle, IReadOnlyList<Panel> panels, int[] heights)
    {
        canvas.Clear(SKColors.White);
        Text(canvas, title, 28, 20, bold: true);
        Text(canvas, subtitle, 52, 15, bold: false);
        var top = HeadHeight;
        for (var i = 0; i < panels.Count; i++)
        {
            using var plot = Plot(panels[i]);
            plot.RenderManager.ClearCanvasBeforeEachRender = false;
            plot.Render(canvas, new PixelRect(0, Width, top + heights[i], top));
            top += heights[i];
        }
    }

    private static void Text(SKCanvas canvas, string text, float baseline, float size, bool bold)
    {
        using var font = new SKFont(Fonts.GetTypeface(Family, bold, false), size);
        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var shown = text;
        while (shown.Length > 4 && font.MeasureText(shown) > Width - 40)
        {
            shown = shown[..^4] + "...";
        }

        canvas.DrawText(shown, 20, baseline, font, paint);
    }

    private static Plot Plot(Panel panel)
    {
        var (unitUs, unit) = Unit(panel.ToUs - panel.FromUs);
        var plot = new Plot();
        for (var i = 0; i < panel.Lanes.Count; i++)
        {
            Line(plot, panel, panel.Lanes[i], panel.Lanes.Count - 1 - i, unitUs);
        }

        plot.Font.Set(Family);
        plot.Title(panel.Title, TextSize + 1);
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel($"{panel.XLabel} ({unit})", TextSize);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = TextSize - 1;
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            TickDensity = TickDensity,
            LabelFormatter = value => Math.Abs(value) < 1e-9 ? "0" : value.ToString("0.######", CultureInfo.InvariantCulture),
        };
        Lanes(plot, panel);
        plot.Axes.SetLimits(panel.FromUs / unitUs, panel.ToUs / unitUs, -0.1, panel.Lanes.Count);
        return plot;
    }

    private static void Lanes(Plot plot, Panel panel)
    {
        var names = panel.Lanes.Reverse().Select(lane => lane.Name).ToArray();
        var middles = Enumerable.Range(0, names.Length).Select(lane => lane + 0.4).ToArray();
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(middles, names);
        plot.Axes.Left.TickLabelStyle.FontSize = TextSize;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.MinimumSize = 100;
        plot.Axes.Left.MaximumSize = 100;
        plot.Axes.Right.MinimumSize = 30;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
    }

    private static void Line(Plot plot, Panel panel, Lane lane, double low, double unitUs)
    {
        var high = low + 0.8;
        var points = new List<Coordinates> { new(panel.FromUs / unitUs, low) };
        foreach (var (from, to) in lane.Highs)
        {
            points.Add(new(from / unitUs, low));
            points.Add(new(from / unitUs, high));
            points.Add(new(to / unitUs, high));
            points.Add(new(to / unitUs, low));
        }

        points.Add(new(panel.ToUs / unitUs, low));
        var line = plot.Add.ScatterLine(points, Color.FromHex(lane.Color));
        line.LineWidth = 1.5f;
        line.FillY = true;
        line.FillYValue = low;
        line.FillYColor = Color.FromHex(lane.Color).WithAlpha(0.35);
    }

    private static (double Us, string Name) Unit(double spanUs) => spanUs switch
    {
        >= 600e6 => (60e6, "min"),
        >= 2e6 => (1e6, "s"),
        >= 2e3 => (1e3, "ms"),
        _ => (1, "µs"),
    };
}
