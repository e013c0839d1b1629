using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Visuals;

/// <summary>Colours on every scale, with and without a stated range.</summary>
public sealed class DepthColorTests
{
    public static TheoryData<DepthColorScale> Scales { get; } = [.. Enum.GetValues<DepthColorScale>()];

    // The arithmetic of ml-depth-pro's cli/run.py, in float32, written down once more.
    [Fact]
    public void Is_by_default_the_references_to_the_bit()
    {
        var random = new Random(7);
        var map = Map([.. Enumerable.Range(0, 500).Select(_ => (float)Math.Exp(random.NextDouble() * 12 - 5)), float.NaN, float.PositiveInfinity, 0, -3]);
        float[] inverse = [.. map.Meters.ToArray().Select(meters => 1 / Math.Clamp(meters, 0.1f, 250))];
        var (min, max) = (inverse.Where(float.IsFinite).Min(), inverse.Where(float.IsFinite).Max());
        Assert.Equal(inverse.Select(value => TurboColormap.Of((value - min) / (max - min))), Colors(map, new()));
        Assert.Equal(Colors(map, new()), ColorsOf(DepthVisuals.Colorize(map)));
    }

    [Theory]
    [InlineData(DepthColorScale.Linear, 1 - 3f / 8)]
    [InlineData(DepthColorScale.Logarithmic, 0.36907024642854256f)] // ln(9/4) / ln 9
    [InlineData(DepthColorScale.InverseDepth, (1 / 4f - 1 / 9f) / (1 - 1 / 9f))]
    public void Places_depth_on_its_scale(DepthColorScale scale, float expected)
    {
        var range = ColorRange.Of([1, 4, 9, float.NaN], new() { Scale = scale });
        Assert.Equal(expected, range.At(4), 1e-6f);
        Assert.Equal((1f, 0f, float.NaN), (range.At(1), range.At(9), range.At(float.NaN)));
        Assert.Equal(1, range.NearestMeters, 1e-6);
        Assert.Equal(9, range.FarthestMeters, 1e-5);
        Assert.Equal(4, range.MetersAt(expected), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Clips_only_what_is_not_stated(DepthColorScale scale)
    {
        float[] meters = [0.001f, 1, 1e4f];
        var (own, stated) = (ColorRange.Of(meters, new() { Scale = scale }), ColorRange.Of(meters, new() { Scale = scale, NearestMeters = 0.5f, FarthestMeters = 20 }));
        Assert.Equal((0.1, 250.0), (Math.Round(own.NearestMeters, 4), Math.Round(own.FarthestMeters, 1)));
        Assert.Equal((0.5, 20.0), (Math.Round(stated.NearestMeters, 4), Math.Round(stated.FarthestMeters, 3)));
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Gives_what_lies_beyond_an_end_the_ends_colour(DepthColorScale scale)
    {
        var colors = Colors(Map([0.01f, 1, 2, 3, 500, float.PositiveInfinity, -1]), new() { Scale = scale, NearestMeters = 1, FarthestMeters = 3 });
        var (near, far) = (TurboColormap.Of(1), TurboColormap.Of(0));
        Assert.Equal(new[] { near, near, far, far, far, near }, new[] { colors[0], colors[1], colors[3], colors[4], colors[5], colors[6] });
        Assert.NotEqual(near, colors[2]);
        Assert.NotEqual(far, colors[2]);
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Takes_one_stated_end_and_finds_the_other(DepthColorScale scale)
    {
        var options = new DepthColorOptions { Scale = scale, FarthestMeters = 10 };
        Assert.Equal([TurboColormap.Of(1), TurboColormap.Of(0)], Colors(Map([2, 10]), options));
        Assert.Equal([TurboColormap.Of(0), TurboColormap.Of(0)], Colors(Map([20, 30]), options)); // all beyond it
        Assert.Equal([TurboColormap.Of(1), TurboColormap.Of(1)], Colors(Map([1, 2]), options with { FarthestMeters = null, NearestMeters = 3 }));
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Leaves_a_map_without_known_depth_black(DepthColorScale scale)
    {
        Assert.Equal([default, default], Colors(Map([float.NaN, float.NaN]), new() { Scale = scale }));
        Assert.True(double.IsNaN(ColorRange.Of([float.NaN], new() { Scale = scale }).NearestMeters));
    }

    [Fact]
    public void Colours_in_the_map_that_is_asked_for()
    {
        foreach (var colormap in Enum.GetValues<DepthColormap>())
        {
            var table = ColorTable.Of(colormap).ToArray();
            Assert.Equal([ColorTable.Split(table[^1]), ColorTable.Split(table[0])], Colors(Map([1, 2]), new() { Colormap = colormap }));
        }
    }

    [Fact]
    public void Tells_unknown_depth_from_every_known_one()
    {
        foreach (var colormap in Enum.GetValues<DepthColormap>())
        {
            var unknown = Colors(Map([1, float.NaN, 2]), new() { Colormap = colormap })[1];
            Assert.All(ColorTable.Of(colormap).ToArray().Select(ColorTable.Split), known =>
                Assert.True(Math.Abs(known.Red - unknown.Red) + Math.Abs(known.Green - unknown.Green) + Math.Abs(known.Blue - unknown.Blue) > 60, $"{colormap}: {known} looks like the unknown {unknown}."));
            Assert.Equal(colormap is DepthColormap.Turbo or DepthColormap.Viridis, unknown == default);
        }
    }

    [Fact]
    public void Refuses_options_out_of_range_with_what_it_found()
    {
        Assert.Contains("NearestMeters is 0 m; expected a finite depth above 0", ErrorOf(new() { NearestMeters = 0 }), StringComparison.Ordinal);
        Assert.Contains("FarthestMeters is Infinity m", ErrorOf(new() { FarthestMeters = float.PositiveInfinity }), StringComparison.Ordinal);
        Assert.Contains("NearestMeters is NaN m", ErrorOf(new() { NearestMeters = float.NaN }), StringComparison.Ordinal);
        Assert.Contains("Colours go from 2.5 to 1 m; expected NearestMeters to be at most FarthestMeters", ErrorOf(new() { NearestMeters = 2.5f, FarthestMeters = 1 }), StringComparison.Ordinal);
        Assert.Contains("Colormap is 9; expected one of Turbo, Viridis, Magma, Grey", ErrorOf(new() { Colormap = (DepthColormap)9 }), StringComparison.Ordinal);
        Assert.Contains("Scale is 9; expected one of InverseDepth, Linear, Logarithmic", ErrorOf(new() { Scale = (DepthColorScale)9 }), StringComparison.Ordinal);
    }

    private static string ErrorOf(DepthColorOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => DepthVisuals.Colorize(Map([1]), options)).Message;

    private static DepthMap Map(float[] meters) => new(meters.Length, 1, meters, float.NaN, FocalLengthSource.Unknown);

    private static (byte Red, byte Green, byte Blue)[] Colors(DepthMap map, DepthColorOptions options) => ColorsOf(DepthVisuals.Colorize(map, options));

    private static (byte Red, byte Green, byte Blue)[] ColorsOf(Photo picture) => [.. picture.Rgb.ToArray().Chunk(3).Select(c => (c[0], c[1], c[2]))];
}
