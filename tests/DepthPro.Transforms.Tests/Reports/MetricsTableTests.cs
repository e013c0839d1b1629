using System.Text.RegularExpressions;

namespace DepthPro.Transforms.Tests.Reports;

public sealed class MetricsTableTests
{
    [Fact]
    public void Shows_means_over_images_and_over_pixels()
    {
        var html = DepthEstimationMetrics.Of([Compared(4, 1.5f), Compared(8, 2)]).ToHtml();
        Assert.Contains("<td>mean over images</td><td>0.750</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td>pooled over pixels</td><td>0.833</td>", html, StringComparison.Ordinal);
        Assert.Contains("2 images.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_columns_for_what_was_computed_only()
    {
        var (depth, mask) = (Compared(4, 2), DepthComparison.Of(Map(4, 2), null, new DepthMask(4, 4, Enumerable.Repeat(1f, 16).ToArray())));
        string Headings(params DepthComparison[] images) => string.Join(' ', Regex.Matches(DepthEstimationMetrics.Of(images).ToHtml(), "<th>([^/]+)</th>").Select(match => match.Groups[1].Value.Replace("<wbr>", "")));
        Assert.StartsWith("absRel sqRel", Headings(depth), StringComparison.Ordinal);
        Assert.DoesNotContain("mask", Headings(depth), StringComparison.Ordinal);
        Assert.Equal("maskBoundaryRecall", Headings(mask));
        Assert.Contains("<figcaption style=\"opacity:.75\">0 images.", DepthEstimationMetrics.Of([]).ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("<table", DepthEstimationMetrics.Of([]).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_how_many_images_are_left_out() =>
        Assert.Contains("2 images, 1 of them without a valid pixel", DepthEstimationMetrics.Of([Compared(4, 2), DepthComparison.Of(Map(4, 1), Map(4, float.NaN))]).ToHtml(), StringComparison.Ordinal);

    private static DepthComparison Compared(int height, float meters) => DepthComparison.Of(Map(height, meters), Map(height, 1));

    private static DepthMap Map(int height, float meters) => new(4, height, Enumerable.Repeat(meters, 4 * height).ToArray(), float.NaN, FocalLengthSource.Unknown);
}
