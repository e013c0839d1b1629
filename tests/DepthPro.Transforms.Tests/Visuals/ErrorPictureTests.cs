using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Visuals;

public sealed class ErrorPictureTests
{
    [Fact]
    public void Colours_the_relative_error_of_each_pixel() => Assert.Equal(
        [TurboColormap.Of(0), TurboColormap.Of(0.5f), TurboColormap.Of(0.5f), TurboColormap.Of(1), default, default],
        Colors(DepthVisuals.ColorizeErrors(Map(2, 2.5f, 1.5f, 8, 1, float.NaN), Map(2, 2, 2, 2, float.NaN, 1))));

    [Fact]
    public void Aligns_first_when_asked_to_and_spreads_the_colours_as_told()
    {
        var (prediction, truth) = (Map(2, 4, 6), Map(1, 2, 3.3f));
        Assert.Equal([TurboColormap.Of(0), TurboColormap.Of(0)], Colors(DepthVisuals.ColorizeErrors(prediction, truth, new() { Alignment = DepthAlignment.Median }))[..2]);
        Assert.Equal([TurboColormap.Of(0.25f), TurboColormap.Of(0.25f)], Colors(DepthVisuals.ColorizeErrors(prediction, truth, worstError: 4))[..2]);
    }

    [Fact]
    public void Is_of_the_truths_size()
    {
        var picture = DepthVisuals.ColorizeErrors(new DepthMap(2, 1, [1, 1], float.NaN, FocalLengthSource.Unknown), new DepthMap(4, 3, Enumerable.Repeat(1f, 12).ToArray(), float.NaN, FocalLengthSource.Unknown));
        Assert.Equal((4, 3), (picture.Width, picture.Height));
    }

    [Fact]
    public void Refuses_bad_options()
    {
        foreach (var worst in new[] { 0, -1, float.NaN, float.PositiveInfinity })
        {
            Assert.Contains("expected a finite share above 0, such as 0.5", Assert.Throws<ArgumentOutOfRangeException>(() => DepthVisuals.ColorizeErrors(Map(1), Map(1), worstError: worst)).Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => DepthVisuals.ColorizeErrors(Map(1), Map(1), new() { MinDepth = 3, MaxDepth = 2 }));
    }

    private static DepthMap Map(params float[] meters) => new(meters.Length, 1, meters, float.NaN, FocalLengthSource.Unknown);

    private static (byte Red, byte Green, byte Blue)[] Colors(Photo picture) => [.. picture.Rgb.ToArray().Chunk(3).Select(c => (c[0], c[1], c[2]))];
}
