using DepthPro.Preprocessing;

namespace DepthPro.Tests.Preprocessing;

public class DepthInputTests
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
}
