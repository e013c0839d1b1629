using DepthPro.Preprocessing;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Preprocessing;

public sealed class BilinearResizeTests
{
    [Theory]
    [InlineData("in_7x9", "bilinear_size_14x18")]
    [InlineData("in_7x9", "bilinear_size_3x4")]
    [InlineData("in_7x9", "bilinear_size_7x9")]
    [InlineData("in_7x9", "bilinear_size_16x5")]
    [InlineData("in_7x9", "bilinear_size_1x1")]
    [InlineData("in_7x9", "bilinear_size_31x40")]
    [InlineData("in_16x24", "bilinear_scale_0.5")]
    [InlineData("in_16x24", "bilinear_scale_0.25")]
    public void Equals_torch_bit_for_bit(string input, string output)
    {
        var source = Goldens.Tensor("resize", input);
        var expected = Goldens.Tensor("resize", output);
        var got = new float[expected.Values.Length];
        BilinearResize.Planes(source.Values, source.Shape[0], source.Shape[2], source.Shape[1], got, expected.Shape[2], expected.Shape[1]);
        expected.AssertClose(got, 0);
    }

    [Theory]
    [InlineData(1, 1, 5, 3)]
    [InlineData(5, 3, 1, 1)]
    [InlineData(1, 9, 1, 4)]
    [InlineData(9, 1, 4, 1)]
    [InlineData(17, 13, 31, 7)]
    [InlineData(40, 30, 41, 29)]
    [InlineData(3, 3, 3, 100)]
    [InlineData(1536, 2, 4031, 3)]
    public void Fast_equals_naive_bit_for_bit(int width, int height, int targetWidth, int targetHeight)
    {
        var random = new Random(width);
        float[] source = [.. Enumerable.Range(0, 2 * width * height).Select(_ => random.NextSingle() * 2 - 1)];
        var got = new float[2 * targetWidth * targetHeight];
        BilinearResize.Planes(source, 2, width, height, got, targetWidth, targetHeight);
        Assert.Equal(NaiveBilinear.Resize(source, 2, width, height, targetWidth, targetHeight), got);
    }

    [Fact]
    public void Same_size_copies_whatever_the_values()
    {
        float[] source = [1, float.NaN, float.PositiveInfinity, -0f, 5, 6], got = new float[6];
        BilinearResize.Plane(source, 3, 2, got, 3, 2);
        Assert.Equal(source.Select(BitConverter.SingleToInt32Bits), got.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Stays_between_the_extremes_and_keeps_a_constant()
    {
        var random = new Random(3);
        float[] source = [.. Enumerable.Range(0, 70).Select(_ => random.NextSingle())], got = new float[33 * 41], constant = new float[70];
        BilinearResize.Plane(source, 10, 7, got, 33, 41);
        Assert.InRange(got.Min(), source.Min() - 1e-6f, source.Max());
        Assert.InRange(got.Max(), source.Min(), source.Max() + 1e-6f);

        Array.Fill(constant, 0.25f);
        BilinearResize.Plane(constant, 10, 7, got, 33, 41);
        Assert.All(got, value => Assert.Equal(0.25f, value, 1e-7f));
    }

    [Fact]
    public void Names_the_span_that_does_not_fit()
    {
        Assert.Contains("source has 5 values; expected 1 x 2 x 3 = 6", Assert.Throws<ArgumentException>(() => BilinearResize.Plane(new float[5], 3, 2, new float[1], 1, 1)).Message);
        Assert.Contains("target has 2 values; expected 1 x 1 x 1 = 1", Assert.Throws<ArgumentException>(() => BilinearResize.Plane(new float[6], 3, 2, new float[2], 1, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BilinearResize.Plane([], 0, 2, new float[1], 1, 1));
    }
}
