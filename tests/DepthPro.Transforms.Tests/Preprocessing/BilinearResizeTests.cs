using DepthPro.Preprocessing;

namespace DepthPro.Tests.Preprocessing;

public class BilinearResizeTests
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
}
