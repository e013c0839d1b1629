using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Visuals;

public sealed class ColorTableTests
{
    public static TheoryData<DepthColormap> All { get; } = [.. Enum.GetValues<DepthColormap>()];

    // The ends and the middle of the published float colours, times 255, cut off.
    [Theory]
    [InlineData(DepthColormap.Turbo, 0x30123B, 0xA4FC3B, 0x7A0402)]
    [InlineData(DepthColormap.Viridis, 0x440154, 0x20908C, 0xFDE724)]
    [InlineData(DepthColormap.Magma, 0x000003, 0xB63679, 0xFBFCBF)]
    [InlineData(DepthColormap.Grey, 0x000000, 0x808080, 0xFFFFFF)]
    public void Has_the_published_colours(DepthColormap colormap, int first, int middle, int last)
    {
        var colors = ColorTable.Of(colormap).ToArray();
        Assert.Equal(new[] { (uint)first, (uint)middle, (uint)last }, new[] { colors[0], colors[128], colors[^1] });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Has_256_colours_that_pass_smoothly(DepthColormap colormap)
    {
        var colors = ColorTable.Of(colormap).ToArray();
        Assert.InRange(colors.Distinct().Count(), ColorTable.Length - 2, ColorTable.Length); // cutting off makes two pairs of viridis alike
        for (var i = 1; i < colors.Length; i++)
        {
            var ((red, green, blue), (redBefore, greenBefore, blueBefore)) = (ColorTable.Split(colors[i]), ColorTable.Split(colors[i - 1]));
            Assert.True(Math.Abs(red - redBefore) <= 8 && Math.Abs(green - greenBefore) <= 8 && Math.Abs(blue - blueBefore) <= 8, $"{colormap} jumps from {colors[i - 1]:X6} to {colors[i]:X6} at {i}.");
        }
    }

    [Theory]
    [InlineData(DepthColormap.Viridis)]
    [InlineData(DepthColormap.Magma)]
    [InlineData(DepthColormap.Grey)]
    public void Grows_lighter_all_the_way(DepthColormap colormap)
    {
        double[] lights = [.. ColorTable.Of(colormap).ToArray().Select(ColorTable.Split).Select(color => 0.2126 * color.Red + 0.7152 * color.Green + 0.0722 * color.Blue)];
        for (var i = 8; i < lights.Length; i++) { Assert.True(lights[i] > lights[i - 8], $"{colormap} is no lighter at {i} than at {i - 8}."); }
    }

    [Fact]
    public void Knows_no_entry_for_nan() => Assert.Equal(new int?[] { null, 0, 0, 128, 255, 255 }, new[] { float.NaN, -1, 0, 0.5f, 1, float.PositiveInfinity }.Select(ColorTable.IndexOf));
}
