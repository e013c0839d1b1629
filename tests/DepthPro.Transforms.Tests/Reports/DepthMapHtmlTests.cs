using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DepthPro.Formats;
using DepthPro.Reports;
using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Reports;

public sealed partial class DepthMapHtmlTests
{
    [Fact]
    public void Needs_nothing_else_and_disturbs_nothing_else()
    {
        var html = Ramp(30, 20).ToHtml();
        Assert.All(LinkPattern().Matches(html), link => Assert.StartsWith("data:image/png;base64,", link.Groups[1].Value, StringComparison.Ordinal));
        foreach (var shared in new[] { " id=", "<script", "<style", "url(", "@import", "window", "document" }) { Assert.DoesNotContain(shared, html, StringComparison.Ordinal); }
        Assert.Equal(Regex.Count(html, "<(figure|div|span|figcaption|output)[ >]"), Regex.Count(html, "</(figure|div|span|figcaption|output)>"));
    }

    [Fact]
    public void Shows_the_maps_colours()
    {
        var map = Ramp(30, 20);
        Assert.Equal(DepthVisuals.Colorize(map).Rgb.ToArray(), Picture(map.ToHtml()).Rgb.ToArray());
        var options = new DepthColorOptions { Colormap = DepthColormap.Viridis, Scale = DepthColorScale.Logarithmic, FarthestMeters = 9 };
        Assert.Equal(DepthVisuals.Colorize(map, options).Rgb.ToArray(), Picture(map.ToHtml(options)).Rgb.ToArray());
    }

    [Theory]
    [InlineData(1600, 400, 800, 200)]
    [InlineData(400, 1600, 200, 800)]
    [InlineData(90, 50, 90, 50)]
    public void Keeps_pictures_small(int width, int height, int shownWidth, int shownHeight)
    {
        var html = Ramp(width, height).ToHtml();
        var picture = Picture(html);
        Assert.Equal((shownWidth, shownHeight), (picture.Width, picture.Height));
        Assert.InRange(html.Length, 1, 150_000);
    }

    [Fact]
    public void Hatches_what_is_unknown()
    {
        var (whole, holed) = (Map(2, 1, 1, 2).ToHtml(), Map(3, 1, 1, float.NaN, 2).ToHtml());
        Assert.DoesNotContain("hatched where unknown", whole, StringComparison.Ordinal);
        Assert.Contains("hatched where unknown", holed, StringComparison.Ordinal);
        var png = Convert.FromBase64String(PicturePattern().Match(holed).Groups[1].Value);
        var indices = new List<byte>();
        PngFile.Read(new MemoryStream(png), "test").ReadRows((_, row) => indices.AddRange(row.ToArray()));
        Assert.Equal([255, 0, 1], indices); // the first entry is transparent, the second is the farthest
        Assert.True(png.AsSpan().IndexOf("tRNS"u8) > 0);
    }

    [Fact]
    public void Shows_a_map_without_known_depth()
    {
        var html = Map(2, 2, float.NaN, float.NaN, float.NaN, float.NaN).ToHtml();
        Assert.Contains("no known depth", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" m<", html, StringComparison.Ordinal);
        Assert.Contains("data-codes=\"AAAAAAAA\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_sizes_depths_and_a_known_focal_length()
    {
        var html = WebUtility.HtmlDecode(new DepthMap(2, 1, [1, 2.5f], 120, FocalLengthSource.Given).ToHtml());
        Assert.Contains("2 × 1 pixels, 1 to 2.5 m, median 1.75 m, focal length 120 px (given)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("focal length", Map(2, 1, 1, 2).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Has_a_bar_from_near_to_far_with_round_depths()
    {
        var html = Map(2, 1, 1, 10).ToHtml(new() { Scale = DepthColorScale.Linear });
        var (near, far) = (TurboColormap.Of(1), TurboColormap.Of(0));
        Assert.Contains($"linear-gradient(90deg,rgb({near.Red} {near.Green} {near.Blue}), ", html, StringComparison.Ordinal);
        Assert.Contains($", rgb({far.Red} {far.Green} {far.Blue}))", html, StringComparison.Ordinal);
        Assert.Equal(["9 m", "8 m", "6 m", "5 m", "3 m", "2 m"], MarkPattern().Matches(html).Select(match => match.Groups[2].Value));
        Assert.All(MarkPattern().Matches(html), match => Assert.Equal( // at its place along the bar, percent
            100 * (double.Parse(match.Groups[2].Value[..^2], CultureInfo.InvariantCulture) - 1) / 9, double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 0.01));
    }

    [Fact]
    public void Writes_numbers_the_same_in_every_culture()
    {
        var map = new DepthMap(30, 20, Ramp(30, 20).Meters, 33.5f, FocalLengthSource.Given);
        var expected = map.ToHtml();
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (",", ".", "~");
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, map.ToHtml());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Refuses_options_out_of_range() => Assert.Throws<ArgumentOutOfRangeException>(() => Map(1, 1, 1).ToHtml(new() { NearestMeters = -1 }));

    // What the page's script reads lies in the element it hangs on.
    [Fact]
    public void Carries_what_is_shown_under_the_pointer()
    {
        var map = Ramp(30, 20);
        var (html, grid) = (map.ToHtml(), HoverGrid.Of(map));
        foreach (var data in new[] { "width=\"30\"", "height=\"20\"", "columns=\"30\"", "rows=\"20\"", "nearest=\"1\"", "last=\"4095\"", $"codes=\"{grid.Codes}\"" }) { Assert.Contains($"data-{data}", html, StringComparison.Ordinal); }
        Assert.Contains(HoverGrid.Digits, html, StringComparison.Ordinal);
        Assert.Contains("onpointermove=\"", html, StringComparison.Ordinal);
        Assert.Contains("<output", html, StringComparison.Ordinal);
    }

    private static Photo Picture(string html) => Photo.FromBytes(Convert.FromBase64String(PicturePattern().Match(html).Groups[1].Value));

    private static DepthMap Ramp(int width, int height) => Map(width, height, [.. Enumerable.Range(0, width * height).Select(i => 1 + 4f * i / (width * height))]);

    private static DepthMap Map(int width, int height, params float[] meters) => new(width, height, meters, float.NaN, FocalLengthSource.Unknown);

    [GeneratedRegex("(?:src|href)=\"([^\"]*)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("src=\"data:image/png;base64,([^\"]*)")]
    private static partial Regex PicturePattern();

    [GeneratedRegex("left:([0-9.]*)%;top[^>]*>([^<]*)<")]
    private static partial Regex MarkPattern();
}
