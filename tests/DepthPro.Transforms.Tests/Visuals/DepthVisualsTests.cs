using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Visuals;

public sealed class DepthVisualsTests
{
    [Fact]
    public void Colours_near_red_and_far_blue()
    {
        var picture = DepthVisuals.Colorize(Map(3, 1, 1, 2, 4));
        Assert.Equal([TurboColormap.Of(1), TurboColormap.Of((0.5f - 0.25f) / 0.75f), TurboColormap.Of(0)], Colors(picture));
        Assert.Equal((3, 1), (picture.Width, picture.Height));
    }

    [Fact]
    public void Clips_inverse_depth_to_10_cm_and_250_m()
    {
        var colors = Colors(DepthVisuals.Colorize(Map(6, 1, 0.001f, 0.1f, 5, 250, 1e4f, float.PositiveInfinity)));
        Assert.Equal([TurboColormap.Of(1), TurboColormap.Of(1)], colors[..2]);
        Assert.Equal([TurboColormap.Of(0), TurboColormap.Of(0), TurboColormap.Of(0)], colors[3..]);
        Assert.Equal(TurboColormap.Of((1 / 5f - 1 / 250f) / (10 - 1 / 250f)), colors[2]);
    }

    [Fact]
    public void Stretches_colours_between_given_depths()
    {
        var picture = DepthVisuals.Colorize(Map(5, 1, 0.5f, 1, 2, 4, 8), 1, 4);
        Assert.Equal([TurboColormap.Of(1), TurboColormap.Of(1), TurboColormap.Of((0.5f - 0.25f) / 0.75f), TurboColormap.Of(0), TurboColormap.Of(0)], Colors(picture));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => DepthVisuals.Colorize(Map(1, 1, 1), 4, 1));
        Assert.Contains("4 to 1 m; expected the nearest depth first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_errors_by_their_size() => Assert.Equal(
        [TurboColormap.Of(0), TurboColormap.Of(0.5f), TurboColormap.Of(0.5f), TurboColormap.Of(1), default],
        Colors(DepthVisuals.ColorizeErrors(5, 1, [0, 0.25f, -0.25f, 3, float.NaN], worst: 0.5f)));

    [Fact]
    public void Leaves_nan_black_and_out_of_the_range() =>
        Assert.Equal([TurboColormap.Of(1), default, TurboColormap.Of(0)], Colors(DepthVisuals.Colorize(Map(3, 1, 1, float.NaN, 4))));

    [Fact]
    public void Colours_a_flat_map_evenly() =>
        Assert.Equal([TurboColormap.Of(0), TurboColormap.Of(0)], Colors(DepthVisuals.Colorize(Map(2, 1, 3, 3))));

    [Fact]
    public void Puts_pictures_side_by_side()
    {
        var joined = DepthVisuals.SideBySide(Photo.FromPixels(1, 2, [1, 2, 3, 4, 5, 6], "left"), Photo.FromPixels(2, 2, [.. Enumerable.Range(10, 12).Select(i => (byte)i)]));
        Assert.Equal([1, 2, 3, 10, 11, 12, 13, 14, 15, 4, 5, 6, 16, 17, 18, 19, 20, 21], joined.Rgb.ToArray());
        Assert.Equal((3, 2, "left"), (joined.Width, joined.Height, joined.Name));
    }

    [Fact]
    public void Refuses_pictures_of_different_heights() =>
        Assert.Contains("Left picture is 2 pixels high and the right one 1",
            Assert.Throws<ArgumentException>(() => DepthVisuals.SideBySide(Photo.FromPixels(1, 2, new byte[6]), Photo.FromPixels(1, 1, new byte[3]))).Message);

    private static DepthMap Map(int width, int height, params float[] meters) => new(width, height, meters, 100, FocalLengthSource.Given);

    private static (byte Red, byte Green, byte Blue)[] Colors(Photo picture) => [.. picture.Rgb.ToArray().Chunk(3).Select(c => (c[0], c[1], c[2]))];
}
