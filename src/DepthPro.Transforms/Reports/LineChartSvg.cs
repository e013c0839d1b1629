using System.Globalization;
using System.Net;
using System.Text;

namespace DepthPro.Reports;

/// <summary>Lines over an axis as a drawing inside a page, with their key.</summary>
internal static class LineChartSvg
{
    /// <summary>Rules for the page, after <see cref="PageStyle.Common"/>; the colours tell apart for colour-blind eyes too (Okabe and Ito's, darkened or lightened for the background).</summary>
    public const string Style = """
        svg polyline { fill: none; stroke-width: 1.75; stroke-linejoin: round; stroke: currentColor } svg polyline.quiet { stroke-width: 1; opacity: .3 } svg circle { fill: currentColor }
        .line0 { color: light-dark(#0072b2, #56b4e9) } .line1 { color: light-dark(#d55e00, #f08c3c) } .line2 { color: light-dark(#00805c, #2cc79b) } .line3 { color: light-dark(#a8477f, #e08cbb) } .line4 { color: light-dark(#7a6a00, #e0cd45) } .line5 { color: light-dark(#444c56, #adbac7) } .line6 { color: light-dark(#8b1a1a, #ff7b72) }
        .key span { margin-right: 1rem } .key span::before { content: ""; display: inline-block; width: 1rem; height: .15rem; margin-right: .35rem; vertical-align: middle; background: currentColor }
        """;

    private const int Colors = 7, Left = 46, Right = 10, Top = 8, Bottom = 32, MostDots = 40;

    /// <param name="lines">At least one; the first seven have colours of their own.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels, with the labels.</param>
    /// <param name="xLabel">What the horizontal axis shows.</param>
    /// <param name="logarithmic">Whether equal factors are equally far apart vertically; what is not above 0 is left out. Otherwise the axis begins at 0.</param>
    public static string Draw(IReadOnlyList<ChartLine> lines, int width, int height, string xLabel, bool logarithmic = false)
    {
        bool Shows((double X, double Y) point) => double.IsFinite(point.X) && double.IsFinite(point.Y) && (!logarithmic || point.Y > 0);
        List<(double X, double Y)> all = [.. lines.SelectMany(line => line.Points).Where(Shows)];
        if (all.Count == 0) { return "<p>Nothing yet.</p>"; }
        var xs = ChartScale.Linear(0, all.Max(point => point.X));
        var ys = logarithmic ? ChartScale.Logarithmic(all.Min(point => point.Y), all.Max(point => point.Y)) : ChartScale.Linear(Math.Min(0, all.Min(point => point.Y)), all.Max(point => point.Y));
        double X(double x) => Left + xs.At(x) * (width - Left - Right);
        double Y(double y) => height - Bottom - ys.At(y) * (height - Top - Bottom);

        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<svg width=\"{width}\" height=\"{height}\" role=\"img\">");
        foreach (var mark in ys.Marks)
        {
            page.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{Y(mark):0.#}\" x2=\"{width - Right}\" y2=\"{Y(mark):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(mark) + 4:0.#}\" text-anchor=\"end\">{ChartScale.Label(mark)}</text>");
        }
        foreach (var mark in xs.Marks) { page.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(mark):0.#}\" y=\"{height - Bottom + 15}\" text-anchor=\"middle\">{ChartScale.Label(mark)}</text>"); }
        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{width - Right}\" y=\"{height - 2}\" text-anchor=\"end\">{Text(xLabel)}</text>");
        var color = 0;
        foreach (var line in lines)
        {
            List<(double X, double Y)> points = [.. line.Points.Where(Shows)];
            page.Append(CultureInfo.InvariantCulture, $"<g class=\"line{color % Colors}\"><polyline{(line.Quiet ? " class=\"quiet\"" : "")} points=\"");
            page.AppendJoin(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}"))).Append("\"/>");
            foreach (var point in points.Count <= MostDots && !line.Quiet ? points : [])
            {
                page.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(point.X):0.#}\" cy=\"{Y(point.Y):0.#}\" r=\"2.5\"><title>{Text(line.Name)} {point.Y:g4} at {point.X}</title></circle>");
            }
            page.Append("</g>");
            if (!line.Quiet) { color++; }
        }
        return page.Append("</svg>").Append(Key(lines)).ToString();
    }

    private static string Key(IReadOnlyList<ChartLine> lines)
        => $"<p class=\"key\">{string.Concat(lines.Where(line => !line.Quiet).Select((line, i) => $"<span class=\"line{i % Colors}\">{Text(line.Name)}</span>"))}</p>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
