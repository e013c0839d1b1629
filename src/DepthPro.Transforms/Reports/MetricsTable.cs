using System.Globalization;
using DepthPro.Network.Reports;

namespace DepthPro.Reports;

/// <summary>The metrics of many images as a table, for pages and notebooks.</summary>
internal static class MetricsTable
{
    /// <summary>Means over images and, of the standard errors, over pixels.</summary>
    /// <param name="totals">What to show.</param>
    /// <param name="metrics">The columns.</param>
    /// <param name="attributes">Of the table's tag.</param>
    public static string Of(DepthEstimationMetrics totals, IReadOnlyList<EvaluationMetric> metrics, string attributes = "")
    {
        var mean = new DepthComparison { Depth = totals.Depth.Mean, Boundary = totals.Boundary.Mean, MaskBoundary = totals.MaskBoundary.Mean };
        var pooled = new DepthComparison { Depth = totals.PooledDepth };
        string Row(string name, DepthComparison of) => $"<tr><td>{name}</td>{string.Concat(metrics.Select(metric => $"<td>{Number(metric.Of(of))}</td>"))}</tr>\n";
        return $"<table{attributes}><thead><tr><th></th>{string.Concat(metrics.Select(metric => $"<th>{Heading(metric)}</th>"))}</tr></thead><tbody>\n"
            + $"{Row("mean over images", mean)}{(totals.Depth.Images > 0 ? Row("pooled over pixels", pooled) : "")}</tbody></table>\n";
    }

    /// <summary>The table of all groups that were computed, with its caption.</summary>
    public static string ForNotebook(DepthEstimationMetrics totals)
    {
        EvaluationMetric[] metrics =
        [
            .. Computed(totals.Depth) ? EvaluationMetric.OfDepth : [],
            .. Computed(totals.Boundary) ? EvaluationMetric.OfBoundary : [],
            .. Computed(totals.MaskBoundary) ? EvaluationMetric.OfMaskBoundary : [],
        ];
        var table = metrics.Length == 0 ? "" : Of(totals, metrics, $" style=\"text-align:right;{HtmlTable.Style}\"");
        return $"<figure style=\"margin:.5em 0;overflow-x:auto\">{table}<figcaption style=\"opacity:.75\">{Caption(totals)}</figcaption></figure>\n";
    }

    /// <summary>How many images there are.</summary>
    public static string Caption(DepthEstimationMetrics totals) => string.Create(CultureInfo.InvariantCulture,
        $"{(totals.Images == 1 ? "1 image" : $"{totals.Images} images")}{(totals.Depth.EmptyImages > 0 ? $", {totals.Depth.EmptyImages} of them without a valid pixel and left out of the means" : "")}.");

    /// <summary>May be broken where a word begins, so that the table stays narrow.</summary>
    public static string Heading(EvaluationMetric metric) => string.Concat(metric.Name.Select(letter => char.IsUpper(letter) ? $"<wbr>{letter}" : $"{letter}"));

    /// <summary>A metric's value, or a dash.</summary>
    public static string Number(double? value) => value is { } number && !double.IsNaN(number) ? number.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    private static bool Computed<TMetrics>(ImageMean<TMetrics> group) => group.Images + group.EmptyImages > 0;
}
