using DepthPro.Reports;

namespace DepthPro.Transforms.Tests.Reports;

public sealed class ThumbnailTests
{
    [Fact]
    public void Averages_what_is_known_and_leaves_the_rest_unknown() => Assert.Equal(
        [2, float.NaN],
        Thumbnail.Shrink(4, 2, (2, 1), [1, 3, float.NaN, float.NaN, float.NaN, 2, float.PositiveInfinity, float.NaN]));

    [Fact]
    public void Shrinks_the_longest_of_rows() =>
        Assert.Equal(Enumerable.Repeat(2f, 800), Thumbnail.Shrink(3_000_000, 1, (800, 1), Enumerable.Repeat(2f, 3_000_000).ToArray()));

    [Fact]
    public void Averages_a_photos_channels() =>
        Assert.Equal(new byte[] { 2, 20, 30 }, Thumbnail.Of(Photo.FromPixels(Thumbnail.Side * 2, 1, [.. Enumerable.Range(0, Thumbnail.Side).SelectMany(_ => new byte[] { 1, 10, 20, 3, 30, 40 })])).Rgb[..3].ToArray());

    [Theory]
    [InlineData(100, 50, 100, 50)]
    [InlineData(4032, 3024, 240, 180)]
    [InlineData(3024, 4032, 180, 240)]
    [InlineData(100000, 10, 240, 1)]
    public void Keeps_the_aspect_ratio_and_never_enlarges(int width, int height, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), Thumbnail.SizeOf(width, height));
}
