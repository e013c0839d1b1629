using System.Text.RegularExpressions;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Reports;

public sealed partial class EvaluationReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_one_file_that_needs_no_other()
    {
        var page = Page(("a", Map(30, 20, 2), Map(30, 20, 1)));

        Assert.Equal(["report.html"], Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)));
        Assert.Empty(LinkPattern().Matches(page).Where(link => !link.Groups[1].Value.StartsWith("data:", StringComparison.Ordinal)).Select(link => link.Value));
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_the_worst_image_first_and_undefined_ones_last() =>
        Assert.Equal(["far", "near", "none"], NamePattern().Matches(Page(
            ("none", Map(4, 4, 1), Map(4, 4, float.NaN)), ("near", Map(4, 4, 1.1f), Map(4, 4, 1)), ("far", Map(4, 4, 2), Map(4, 4, 1)))).Select(match => match.Groups[1].Value));

    [Fact]
    public void Shows_each_images_numbers_and_the_means()
    {
        var page = Page(("near", Map(4, 4, 1.5f), Map(4, 4, 1)), ("far", Map(4, 8, 2), Map(4, 8, 1)), ("none", Map(4, 4, 1), Map(4, 4, float.NaN)));

        Assert.Contains("<td data-value=\"0.5\">0.500</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>mean over images</td><td>0.750</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>pooled over pixels</td><td>0.833</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td data-value=\"\">–</td>", page, StringComparison.Ordinal);
        Assert.Contains("3 images, 1 of them without a valid pixel", page, StringComparison.Ordinal);
        Assert.Contains("Depth range 0.0001 to 10000 m", page, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(page, "<svg ")); // all pixels, the metric over images, two images with errors
        Assert.DoesNotContain("mask<wbr>Boundary", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_photo_matte_truth_prediction_and_errors()
    {
        var report = new EvaluationReport("Depth");
        var (map, mask) = (Map(30, 20, 2), new DepthMask(30, 20, Enumerable.Repeat(1f, 600).ToArray()));
        report.Add("a", DepthComparison.Of(map, map, mask), map, map, mask, null, Photo.FromPixels(30, 20, new byte[1800]));
        report.Write(_folder["report.html"], EvaluationMetric.Named("absRel"));

        var page = File.ReadAllText(_folder["report.html"]);

        Assert.Equal(["photo", "matte", "truth", "prediction", "errors"], CaptionPattern().Matches(page).Select(match => match.Groups[1].Value));
        Assert.All(PicturePattern().Matches(page), match =>
        {
            var picture = Photo.FromBytes(Convert.FromBase64String(match.Groups[1].Value));
            Assert.Equal((30, 20), (picture.Width, picture.Height));
        });
    }

    [Fact]
    public void Shows_a_matte_without_truth()
    {
        var report = new EvaluationReport("Depth");
        var (map, mask) = (Map(30, 20, 2), new DepthMask(30, 20, Enumerable.Repeat(1f, 600).ToArray()));
        report.Add("a", DepthComparison.Of(map, null, mask), map, null, mask);
        report.Write(_folder["report.html"], EvaluationMetric.Named("maskBoundaryRecall"));

        var page = File.ReadAllText(_folder["report.html"]);
        Assert.Equal(["matte", "prediction"], CaptionPattern().Matches(page).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("Depth range", page, StringComparison.Ordinal);
        Assert.DoesNotContain("pooled", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_no_name_for_markup()
    {
        var page = Page(("<script>\"&a", Map(2, 2, 1), Map(2, 2, 1)));
        Assert.DoesNotContain("<script>\"&a", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;&quot;&amp;a", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Shrinks_large_pictures()
    {
        Page(("a", Map(1000, 500, 2), Map(1000, 500, 1)));
        var picture = Photo.FromBytes(Convert.FromBase64String(PicturePattern().Match(File.ReadAllText(_folder["report.html"])).Groups[1].Value));
        Assert.Equal((240, 120), (picture.Width, picture.Height));
    }

    private string Page(params (string Name, DepthMap Prediction, DepthMap Truth)[] images)
    {
        var report = new EvaluationReport("Depth");
        foreach (var (name, prediction, truth) in images) { report.Add(name, DepthComparison.Of(prediction, truth), prediction, truth); }
        report.Write(_folder["report.html"], EvaluationMetric.Named("absRel"));
        return File.ReadAllText(_folder["report.html"]);
    }

    private static DepthMap Map(int width, int height, float meters) => new(width, height, Enumerable.Repeat(meters, width * height).ToArray(), float.NaN, FocalLengthSource.Unknown);

    [GeneratedRegex("(?:src|href)=\"([^\"]*)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("class=\"numbers\"><td data-value=\"([^\"]*)")]
    private static partial Regex NamePattern();

    [GeneratedRegex("<img [^>]*><figcaption>([^<]*)")]
    private static partial Regex CaptionPattern();

    [GeneratedRegex("src=\"data:image/jpeg;base64,([^\"]*)")]
    private static partial Regex PicturePattern();
}
