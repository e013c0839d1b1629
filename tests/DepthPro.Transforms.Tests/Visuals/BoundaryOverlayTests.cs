namespace DepthPro.Transforms.Tests.Visuals;

public sealed class BoundaryOverlayTests
{
    private static readonly byte[] Line = [255, 40, 200];

    [Fact]
    public void Draws_bright_lines_over_the_darkened_photo()
    {
        var (photo, depth) = (Photo.FromPixels(4, 1, Enumerable.Repeat((byte)200, 12).ToArray(), "p"), Map(4, 1, 1, 1, 3, 3));
        var picture = DepthVisuals.OverlayBoundaries(photo, depth);
        Assert.Equal([120, 120, 120, .. Line, 120, 120, 120, 120, 120, 120], picture.Rgb.ToArray());
        Assert.Equal((4, 1, "p"), (picture.Width, picture.Height, picture.Name));
    }

    [Fact]
    public void Draws_what_is_above_the_threshold_that_is_given()
    {
        var (photo, depth) = (Photo.FromPixels(3, 1, new byte[9]), Map(3, 1, 1, 1.1f, 1.1f));
        Assert.DoesNotContain((byte)255, DepthVisuals.OverlayBoundaries(photo, depth).Rgb.ToArray());
        Assert.Equal(Line, DepthVisuals.OverlayBoundaries(photo, depth, threshold: 1.05).Rgb[..3].ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Draws_no_outline_of_what_is_unknown(float unknown) =>
        Assert.DoesNotContain((byte)255, DepthVisuals.OverlayBoundaries(Photo.FromPixels(3, 1, new byte[9]), Map(3, 1, 2, unknown, 2)).Rgb.ToArray());

    [Fact]
    public void Draws_wider_lines_in_large_pictures()
    {
        var (width, near) = (2400, 1200);
        var depth = Map(width, 2, [.. Enumerable.Range(0, 2 * width).Select(i => i % width < near ? 1f : 2)]);
        var rgb = DepthVisuals.OverlayBoundaries(Photo.FromPixels(width, 2, new byte[width * 6]), depth).Rgb.ToArray();
        Assert.Equal([near - 2, near - 1, near], Enumerable.Range(0, width).Where(x => rgb[3 * x] == 255)); // 2,400 / 800, about the last near pixel
    }

    [Fact]
    public void Refuses_a_photo_of_another_size_and_a_threshold_below_1()
    {
        var photo = Photo.FromPixels(2, 1, new byte[6]);
        var error = Assert.Throws<ArgumentException>(() => DepthVisuals.OverlayBoundaries(photo, Map(1, 2, 1, 1)));
        Assert.Contains("The photo is 2 x 1 pixels and the depth map 1 x 2; expected one size", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DepthVisuals.OverlayBoundaries(photo, Map(2, 1, 1, 1), threshold: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => DepthVisuals.OverlayBoundaries(photo, Map(2, 1, 1, 1), threshold: double.NaN));
    }

    private static DepthMap Map(int width, int height, params float[] meters) => new(width, height, meters, float.NaN, FocalLengthSource.Unknown);
}
