using DepthPro.Preprocessing;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Preprocessing;

public sealed class DepthInputTests
{
    [Theory]
    [InlineData("a_200x150")]
    [InlineData("b_333x217")]
    [InlineData("c_512x512")]
    [InlineData("d_90x160")]
    public void Equals_the_reference_bit_for_bit(string image)
    {
        var photo = Photo.FromFile(Goldens.PathOf("micro", $"{image}.png"));
        var got = new float[3 * 512 * 512];
        DepthInput.Prepare(photo, 512, got);
        Goldens.Tensor($"micro/{image}", "net_input").AssertClose(got, 0);
    }

    [Theory]
    [InlineData("a_200x150")]
    [InlineData("b_333x217")]
    public void Normalises_as_the_reference_does_bit_for_bit(string image)
    {
        var photo = Photo.FromFile(Goldens.PathOf("micro", $"{image}.png"));
        Goldens.Tensor($"micro/{image}", "transformed").AssertClose(Normalised(photo.Rgb), 0);
    }

    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(7, 3, 16)]
    [InlineData(50, 41, 13)]
    [InlineData(16, 16, 16)]
    public void Fast_equals_normalising_the_whole_photo_first(int width, int height, int size)
    {
        var rgb = new byte[width * height * 3];
        new Random(width).NextBytes(rgb);
        var got = new float[3 * size * size];
        DepthInput.Prepare(Photo.FromPixels(width, height, rgb), size, got);
        Assert.Equal(NaiveBilinear.Resize(Normalised(rgb), 3, width, height, size, size), got);
    }

    [Fact]
    public void Maps_black_to_minus_one_and_white_to_one()
    {
        var got = new float[3];
        DepthInput.Prepare(Photo.FromPixels(1, 1, [0, 255, 0]), 1, got);
        Assert.Equal([-1f, 1f, -1f], got);
    }

    [Fact]
    public void Refuses_a_span_of_another_size() =>
        Assert.Contains("Network input has 11 values; expected 3 x 2 x 2 = 12", Assert.Throws<ArgumentException>(() => DepthInput.Prepare(Photo.FromPixels(1, 1, [0, 0, 0]), 2, new float[11])).Message);

    // ToTensor and Normalize(0.5, 0.5): (H, W, 3) bytes to (3, H, W) in [-1, 1].
    private static float[] Normalised(ReadOnlySpan<byte> rgb)
    {
        var planes = new float[rgb.Length];
        for (var i = 0; i < rgb.Length; i++) { planes[i % 3 * (rgb.Length / 3) + i / 3] = (rgb[i] / 255f - 0.5f) / 0.5f; }
        return planes;
    }
}
