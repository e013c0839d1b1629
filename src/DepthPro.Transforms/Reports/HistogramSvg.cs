using System.Globalization;
using System.Text;

namespace DepthPro.Reports;

/// <summary>A histogram as a drawing inside a page.</summary>
internal static class HistogramSvg
{
    private const int LabelHeight = 16;

    /// <param name="histogram">What to draw; a bar's title tells its range and share.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels, with the labels.</param>
    /// <param name="label">The text of an edge; the ends and the middle have one.</param>
    public static string Draw(ErrorHistogram histogram, int width, int height, Func<double, string> label)
    {
        var (bins, plot) = (histogram.Counts.Length, height - LabelHeight);
        var (step, highest) = ((double)width / bins, Math.Max(histogram.Counts.Max(), 1));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg width=\"{width}\" height=\"{height}\" role=\"img\">");
        for (var bin = 0; bin < bins; bin++)
        {
            var bar = histogram.Counts[bin] == 0 ? 0 : Math.Max((double)plot * histogram.Counts[bin] / highest, 1); // what is there can be seen
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{bin * step:0.##}\" y=\"{plot - bar:0.##}\" width=\"{step - 1:0.##}\" height=\"{bar:0.##}\">")
                .Append(CultureInfo.InvariantCulture, $"<title>{label(histogram.Start(bin))} to {label(histogram.Start(bin + 1))}: {(double)histogram.Counts[bin] / Math.Max(histogram.Total, 1):0.0 %}</title></rect>");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"0\" y1=\"{plot}\" x2=\"{width}\" y2=\"{plot}\"/>");
        foreach (var (at, anchor, edge) in new[] { (0, "start", histogram.Min), (width / 2, "middle", (histogram.Min + histogram.Max) / 2), (width, "end", histogram.Max) })
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{at}\" y=\"{height - 3}\" text-anchor=\"{anchor}\">{label(edge)}</text>");
        }
        return svg.Append("</svg>").ToString();
    }
}
