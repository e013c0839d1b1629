using DepthPro.Depth;
using DepthPro.Tests;
using DepthPro.Transforms.Tests.Preprocessing;

namespace DepthPro.Transforms.Tests.Depth;

public sealed class MetricDepthTests
{
    [Fact]
    public void Equals_the_reference_bit_for_bit_where_nothing_is_resized()
    {
        // Both tensors of this image have 512 x 512 values, of which the same 8192 are stored.
        const int side = 512;
        var (canonical, expected) = (Goldens.Tensor("micro/c_512x512", "canonical_inverse_depth"), Goldens.Tensor("micro/c_512x512", "depth_fpx250"));
        var inverse = new float[side * side];
        for (var k = 0L; k < canonical.Values.Length; k++)
        {
            inverse[canonical.Sampled ? (k * 1000003 + 12345) % inverse.Length : k] = canonical.Values[k];
        }
        var got = MetricDepth.FromInverseDepth(inverse, side, side, side, 250, FocalLengthSource.Given);
        expected.AssertClose(got.Meters, 0);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(16, 16, 16)]
    [InlineData(16, 37, 5)]
    [InlineData(48, 31, 53)]
    public void Fast_equals_naive_bit_for_bit(int side, int width, int height)
    {
        var random = new Random(side);
        float[] inverse = [.. Enumerable.Range(0, side * side).Select(_ => random.NextSingle() * 3 - 0.5f)];
        const float focalLength = 123.4f;

        float[] scaled = [.. inverse.Select(c => c * (1 / focalLength * width))];
        var resized = side == width && side == height ? scaled : NaiveBilinear.Resize(scaled, 1, side, side, width, height);
        float[] expected = [.. resized.Select(v => 1 / Math.Clamp(v, 1e-4f, 1e4f))];
        Assert.Equal(expected, MetricDepth.FromInverseDepth(inverse, side, width, height, focalLength, FocalLengthSource.Given).Meters.ToArray());
    }

    [Fact]
    public void Is_focal_length_over_width_times_the_inverse_depth()
    {
        var inverse = new float[64];
        Array.Fill(inverse, 0.5f);
        var depth = MetricDepth.FromInverseDepth(inverse, 8, 200, 150, 400, FocalLengthSource.Exif35mm);
        Assert.All(depth.Meters.ToArray(), meters => Assert.Equal(400f / (200 * 0.5f), meters, 1e-5f));
        Assert.Equal((200, 150, 400f, FocalLengthSource.Exif35mm), (depth.Width, depth.Height, depth.FocalLengthPixels, depth.FocalLengthSource));
    }

    [Fact]
    public void Clamps_and_keeps_nan()
    {
        float[] inverse = [0, -5, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-5f, 1e5f, 1, 2];
        var meters = MetricDepth.FromInverseDepth(inverse, 3, 3, 3, 3, FocalLengthSource.Given).Meters.ToArray();
        Assert.Equal([1e4f, 1e4f, float.NaN, 1e-4f, 1e4f, 1e4f, 1e-4f, 1, 0.5f], meters);
    }

    [Fact]
    public void Spreads_nan_to_the_pixels_interpolated_from_it_only()
    {
        var inverse = new float[64];
        Array.Fill(inverse, 1);
        inverse[0] = float.NaN;
        var depth = MetricDepth.FromInverseDepth(inverse, 8, 16, 16, 16, FocalLengthSource.Given);
        Assert.True(float.IsNaN(depth[0, 0]) && float.IsNaN(depth[2, 2]));
        Assert.Equal(1f, depth[3, 3]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Refuses_a_focal_length_that_is_not_finite_and_positive(float focalLength)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => MetricDepth.FromInverseDepth(new float[4], 2, 2, 2, focalLength, FocalLengthSource.Estimated));
        Assert.Contains($"Focal length is {focalLength} pixels (source: Estimated); expected a finite number above 0", error.Message);
    }

    [Fact]
    public void Refuses_sizes_that_do_not_fit()
    {
        Assert.Contains("has 5 values; expected 2 x 2 = 4", Assert.Throws<ArgumentException>(() => MetricDepth.FromInverseDepth(new float[5], 2, 2, 2, 1, FocalLengthSource.Given)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricDepth.FromInverseDepth(new float[4], 2, 0, 2, 1, FocalLengthSource.Given));
    }
}
