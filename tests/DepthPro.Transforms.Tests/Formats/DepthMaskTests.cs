using DepthPro.Tests;
using DepthPro.Transforms.Tests.Imaging;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class DepthMaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("matte_grey.png")]
    [InlineData("matte_grey_alpha.png")]
    [InlineData("matte_rgba.png")]
    [InlineData("matte_rgb.png")]
    [InlineData("matte_opaque_rgba.png")]
    [InlineData("matte_palette.png")]
    public void Is_the_alpha_or_the_grey_of_a_png(string file)
    {
        var mask = DepthFile.ReadMask(DepthGoldens.PathOf(file));

        Assert.Equal((53, 40), (mask.Width, mask.Height));
        Assert.Equal(DepthGoldens.Values("matte").Select(value => value / 255), mask.Alpha.ToArray());
        Assert.Equal(DepthGoldens.Values("matte").Select(value => value > 0), mask.ToValidPixels());
    }

    [Theory]
    [InlineData("inside.png")]
    [InlineData("inside_0_1.png")]
    public void Is_one_inside_of_one_bit_and_of_bytes_of_one(string file) => Assert.Equal(DepthGoldens.Values("inside"), DepthFile.ReadMask(DepthGoldens.PathOf(file)).Alpha.ToArray());

    [Theory]
    [InlineData(1, new byte[] { 0b01011010, 0b10000000 }, 9, new float[] { 0, 1, 0, 1, 1, 0, 1, 0, 1 })]
    [InlineData(2, new byte[] { 0b00011011 }, 4, new float[] { 0, 1 / 3f, 2 / 3f, 1 })]
    [InlineData(4, new byte[] { 0x0F, 0x50 }, 3, new float[] { 0, 1, 1 / 3f })]
    [InlineData(16, new byte[] { 0x33, 0x33, 0xFF, 0xFF }, 2, new float[] { 0.2f, 1 })]
    public void Is_scaled_by_the_samples_bits(byte bits, byte[] row, int width, float[] expected)
    {
        File.WriteAllBytes(_folder["mask.png"], TestPng.OfRows(width, 1, bits, TestPng.Grey, row));

        Assert.Equal(expected, DepthFile.ReadMask(_folder["mask.png"]).Alpha.ToArray());
    }

    [Theory]
    [InlineData("|u1", new byte[] { 0, 255 }, 0, 1)]
    [InlineData("|u1", new byte[] { 0, 1 }, 0, 1)]
    [InlineData("|u1", new byte[] { 51, 2 }, 0.2f, 2 / 255f)]
    [InlineData("<u2", new byte[] { 0x33, 0x33, 0xFF, 0xFF }, 0.2f, 1)]
    [InlineData("|b1", new byte[] { 0, 1 }, 0, 1)]
    [InlineData("<f4", new byte[] { 0, 0, 0, 0x3F, 0, 0, 0xC0, 0x7F }, 0.5f, float.NaN)]
    public void Is_an_array_of_numbers_or_truths(string type, byte[] values, float first, float second)
    {
        File.WriteAllBytes(_folder["mask.npy"], TestNpy.Of(type, "1, 2", values));

        var mask = DepthFile.ReadMask(_folder["mask.npy"]);

        Assert.Equal([first, second], mask.Alpha.ToArray());
        Assert.Equal([first > 0, second > 0], mask.ToValidPixels());
    }

    [Fact]
    public void Is_the_array_mask_or_the_named_one()
    {
        float[] expected = [.. DepthGoldens.Values("depth").Select(value => value > 1 ? 1f : 0)];

        Assert.Equal(expected, DepthFile.ReadMask(DepthGoldens.PathOf("depth_among_others.npz")).Alpha.ToArray());
        Assert.Equal(expected, DepthFile.ReadMask(DepthGoldens.PathOf("depth_among_others.npz"), "mask").Alpha.ToArray());
        Assert.Contains("expected 'mask' or only one", Assert.Throws<InvalidDataException>(() => DepthFile.ReadMask(DepthGoldens.PathOf("several.npz"))).Message);
    }

    [Fact]
    public void Is_refused_outside_of_its_range()
    {
        var error = Assert.Throws<InvalidDataException>(() => DepthFile.ReadMask(DepthGoldens.PathOf("version1.npy"))).Message;
        Assert.Contains($"Mask '{DepthGoldens.PathOf("version1.npy")}' holds 1.25 at column 4, row 0; expected alpha in 0..1", error);
    }

    [Fact]
    public void Is_refused_in_colours()
    {
        File.WriteAllBytes(_folder["photo.png"], TestPng.OfRows(2, 1, 8, TestPng.Rgb, [7, 7, 7, 8, 9, 8]));
        Assert.Contains("is a PNG in colours at column 1, row 0; expected a mask", Assert.Throws<InvalidDataException>(() => DepthFile.ReadMask(_folder["photo.png"])).Message);
        Assert.Contains("in colours", Assert.Throws<InvalidDataException>(() => DepthFile.ReadMask(Goldens.PathOf("images", "palette.png"))).Message);
    }
}
