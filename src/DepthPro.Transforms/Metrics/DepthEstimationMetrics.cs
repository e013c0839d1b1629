using DepthPro.Network.Reports;
using DepthPro.Reports;

namespace DepthPro;

/// <summary>The metrics of many images. Immutable, thread-safe.</summary>
/// <remarks>A group that was not computed for any image is NaN, with 0 images.</remarks>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed record DepthEstimationMetrics : IHtmlContent
{
    /// <summary>How many images were compared, those without a valid pixel among them.</summary>
    public required int Images { get; init; }

    /// <summary>Standard errors, mean over images: each image counts the same.</summary>
    public required ImageMean<DepthMetrics> Depth { get; init; }

    /// <summary>Standard errors, pooled over the pixels of all images: each pixel counts the same.</summary>
    public required DepthMetrics PooledDepth { get; init; }

    /// <summary>Occluding contours against the true depth, mean over images.</summary>
    public required ImageMean<BoundaryMetrics> Boundary { get; init; }

    /// <summary>Occluding contours against mattes, mean over images.</summary>
    public required ImageMean<MaskBoundaryMetrics> MaskBoundary { get; init; }

    /// <summary>Averages and pools the metrics of images. Of each image only its numbers are kept.</summary>
    public static DepthEstimationMetrics Of(IEnumerable<DepthComparison> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        DepthComparison[] all = [.. images];
        DepthMetrics[] depth = [.. all.Select(image => image.Depth).OfType<DepthMetrics>()];
        return new()
        {
            Images = all.Length,
            Depth = DepthMetrics.MeanOf(depth),
            PooledDepth = DepthMetrics.PooledOf(depth),
            Boundary = BoundaryMetrics.MeanOf(all.Select(image => image.Boundary).OfType<BoundaryMetrics>()),
            MaskBoundary = MaskBoundaryMetrics.MeanOf(all.Select(image => image.MaskBoundary).OfType<MaskBoundaryMetrics>()),
        };
    }

    /// <summary>The means and the pooled errors as a table for a notebook or a page: HTML that needs no other file.</summary>
    /// <remarks>.NET Interactive shows metrics so by itself. Groups that were not computed have no columns.</remarks>
    public string ToHtml() => MetricsTable.ForNotebook(this);

    /// <summary>The main means that are known, as in 12 images: AbsRel 0.213, delta1 0.642, boundary F1 0.105.</summary>
    public override string ToString()
    {
        static string Part(double value, FormattableString text) => double.IsNaN(value) ? "" : FormattableString.Invariant(text);
        string[] parts =
        [
            Part(Depth.Mean.AbsRel, $"AbsRel {Depth.Mean.AbsRel:f3}"), Part(Depth.Mean.Delta1, $"delta1 {Depth.Mean.Delta1:f3}"), Part(Boundary.Mean.F1, $"boundary F1 {Boundary.Mean.F1:f3}"),
            Part(MaskBoundary.Mean.Recall, $"mask boundary recall {MaskBoundary.Mean.Recall:f3}"),
        ];
        return $"{(Images == 1 ? "1 image" : FormattableString.Invariant($"{Images} images"))}{string.Concat(parts.Where(part => part.Length > 0).Select((part, i) => $"{(i == 0 ? ": " : ", ")}{part}"))}";
    }
}
