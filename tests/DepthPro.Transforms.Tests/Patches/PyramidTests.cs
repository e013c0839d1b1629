using DepthPro.Patches;
using DepthPro.Preprocessing;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Patches;

public sealed class PyramidTests
{
    [Theory]
    [InlineData(2, "pyramid_x1")]
    [InlineData(4, "pyramid_x2")]
    public void Equals_the_reference_bit_for_bit(int downscale, string tensor)
    {
        var input = new float[3 * 512 * 512];
        DepthInput.Prepare(Photo.FromFile(Goldens.PathOf("micro", "a_200x150.png")), 512, input);
        var got = new float[3 * (512 / downscale) * (512 / downscale)];
        Pyramid.Level(input, 512, downscale, got);
        Goldens.Tensor("micro/a_200x150", tensor).AssertClose(got, 0);
    }

    [Fact]
    public void Takes_means_of_the_middle_pixels()
    {
        float[] input = [.. Enumerable.Range(0, 3 * 8 * 8).Select(i => (float)i)];
        var (half, quarter) = (new float[3 * 4 * 4], new float[3 * 2 * 2]);
        Pyramid.Level(input, 8, 2, half);
        Pyramid.Level(input, 8, 4, quarter);
        Assert.Equal((0 + 1 + 8 + 9) / 4f, half[0]);
        Assert.Equal((9 + 10 + 17 + 18) / 4f, quarter[0]);
    }

    [Fact]
    public void Refuses_a_size_that_does_not_divide() =>
        Assert.Contains("side 6 cannot be scaled by 1/4", Assert.Throws<ArgumentException>(() => Pyramid.Level(new float[108], 6, 4, new float[3])).Message);
}
