using DepthPro.Patches;
using DepthPro.Preprocessing;

namespace DepthPro.Tests.Patches;

public class PyramidTests
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
}
