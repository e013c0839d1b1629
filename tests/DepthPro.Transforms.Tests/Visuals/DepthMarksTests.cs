using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Visuals;

public sealed class DepthMarksTests
{
    public static TheoryData<DepthColorScale, float, float> Ranges { get; } = new()
    {
        { DepthColorScale.InverseDepth, 0.1f, 250 },
        { DepthColorScale.InverseDepth, 0.8f, 40 },
        { DepthColorScale.InverseDepth, 2.31f, 2.34f },
        { DepthColorScale.Linear, 0.1f, 250 },
        { DepthColorScale.Linear, 7.3f, 9.1f },
        { DepthColorScale.Linear, 100, 12_000 },
        { DepthColorScale.Logarithmic, 0.1f, 250 },
        { DepthColorScale.Logarithmic, 1e-4f, 1e4f },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Spreads_over_the_range_from_far_to_near(DepthColorScale scale, float nearest, float farthest)
    {
        const int Count = 6;
        var range = Range(scale, nearest, farthest);
        double[] places = [.. DepthMarks.Of(range, Count).Select(mark => (double)range.At((float)mark))];
        Assert.Equal(Count, places.Length);
        for (var i = 0; i < Count; i++) { Assert.InRange(places[i], (i + 0.5 - 0.31) / Count, (i + 0.5 + 0.31) / Count); }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Has_few_digits(DepthColorScale scale, float nearest, float farthest) =>
        Assert.All(DepthMarks.Of(Range(scale, nearest, farthest), 6), mark =>
            Assert.InRange(ScaleBar.LabelOf(mark).TrimStart('0', '.').Count(char.IsAsciiDigit), 1, 4));

    [Fact]
    public void Prefers_round_depths() =>
        Assert.Equal(["100 m", "10 m", "2 m", "0.3 m"], DepthMarks.Of(Range(DepthColorScale.Logarithmic, 0.1f, 250), 4).Select(ScaleBar.LabelOf));

    [Fact]
    public void Says_the_only_depth_of_a_flat_map_to_three_digits() =>
        Assert.Equal(["2.35 m"], DepthMarks.Of(ColorRange.Of([2.3456f, 2.3456f], new()), 6).Select(ScaleBar.LabelOf));

    [Theory]
    [InlineData(2.354f)] // whose mark, 2.35, is nearer than anything in the map
    [InlineData(2.3456f)] // and farther
    public void Stands_with_the_only_colour_of_a_flat_map(float meters)
    {
        var range = ColorRange.Of([meters, meters], new());
        Assert.Equal([0f], DepthMarks.Of(range, 6).Select(mark => range.PlaceOf((float)mark)));
        Assert.Equal(ColorTable.IndexOf(0), ColorTable.IndexOf(range.At(meters)));
    }

    [Fact]
    public void Has_none_where_no_depth_is_known() => Assert.Empty(DepthMarks.Of(ColorRange.Of([float.NaN], new()), 6));

    [Fact]
    public void Shortens_thousands_of_metres() => Assert.Equal(["12.5k m", "5000 m", "0.25 m"], new[] { 12_500.0, 5000, 0.25 }.Select(ScaleBar.LabelOf));

    private static ColorRange Range(DepthColorScale scale, float nearest, float farthest) => ColorRange.Of([], new() { Scale = scale, NearestMeters = nearest, FarthestMeters = farthest });
}
