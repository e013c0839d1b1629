using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using DepthPro.Formats;
using DepthPro.Reports;
using DepthPro.Tests;
using DepthPro.Transforms.Tests.Formats;
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
    public void Takes_for_unknown_what_is_no_depth_in_front_of_the_camera()
    {
        var (nan, others) = (Map(6, 1, 1, float.NaN, float.NaN, float.NaN, float.NaN, 2), Map(6, 1, 1, 0, -1, float.PositiveInfinity, float.NegativeInfinity, 2));
        Assert.Equal(PicturePattern().Match(nan.ToHtml()).Groups[1].Value, PicturePattern().Match(others.ToHtml()).Groups[1].Value);
        Assert.Equal(MarkPattern().Matches(nan.ToHtml()).Select(match => match.Value), MarkPattern().Matches(others.ToHtml()).Select(match => match.Value));
        Assert.Contains("hatched where unknown", Map(1602, 1, [.. Enumerable.Range(0, 1602).Select(x => x < 801 ? 2f : float.PositiveInfinity)]).ToHtml(), StringComparison.Ordinal);
    }

    // The page's script itself, run by Node at the middle of each pixel.
    [OtherProgramsFact]
    public void Tells_the_depth_of_each_pixel_under_the_pointer()
    {
        const string Script = """
            const fs = require('fs'), page = JSON.parse(fs.readFileSync(process.argv[2])), told = [];
            const output = {}, element = { dataset: page.data, getBoundingClientRect: () => ({ left: 7, top: 11, width: 300, height: 200 }), parentElement: { querySelector: name => name === 'output' ? output : null } };
            const move = new Function('event', page.handler);
            for (let y = 0; y < page.data.height; y++) { for (let x = 0; x < page.data.width; x++) {
                move.call(element, { clientX: 7 + (x + 0.5) / page.data.width * 300, clientY: 11 + (y + 0.5) / page.data.height * 200 });
                told.push(output.textContent);
            } }
            console.log(JSON.stringify(told));
            """;
        float[] meters = [1, 2.5f, float.NaN, 70, 400, 0.125f];
        var html = Map(3, 2, meters).ToHtml();
        var data = DataPattern().Matches(html).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["page.json"], JsonSerializer.Serialize(new { data, handler = WebUtility.HtmlDecode(HandlerPattern().Match(html).Groups[1].Value) }));
        File.WriteAllText(folder["move.js"], Script);
        using var node = Process.Start(new ProcessStartInfo("node", [folder["move.js"], folder["page.json"]]) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException("Node did not start.");
        var told = JsonSerializer.Deserialize<string[]>(node.StandardOutput.ReadToEnd());
        Assert.Equal(["x 0, y 0: 1.00 m", "x 1, y 0: 2.50 m", "x 2, y 0: unknown", "x 0, y 1: 70.0 m", "x 1, y 1: 400 m", "x 2, y 1: 0.125 m"], told ?? []);
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

    [GeneratedRegex("data-([a-z]+)=\"([^\"]*)\"")]
    private static partial Regex DataPattern();

    [GeneratedRegex("onpointermove=\"([^\"]*)\"")]
    private static partial Regex HandlerPattern();

    [GeneratedRegex("left:([0-9.]*)%;top[^>]*>([^<]*)<")]
    private static partial Regex MarkPattern();
}
