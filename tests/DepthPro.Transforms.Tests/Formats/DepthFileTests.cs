using DepthPro.Tests;
using DepthPro.Transforms.Tests.Imaging;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class DepthFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_npy_writes()
    {
        float[] meters = [1, 0.5f, float.NaN, 0, float.PositiveInfinity, 7];
        Npy.Write(_folder["depth.npy"], new DepthMap(3, 2, meters, 100, FocalLengthSource.Given));

        var depth = DepthFile.Read(_folder["depth.npy"]);

        Assert.Equal((3, 2), (depth.Width, depth.Height));
        Assert.Equal(meters, depth.Meters.ToArray());
        Assert.Equal((float.NaN, FocalLengthSource.Unknown), (depth.FocalLengthPixels, depth.FocalLengthSource));
    }

    [Theory]
    [InlineData("version1.npy", "depth")]
    [InlineData("depth_among_others.npz", "depth")]
    [InlineData("netpbm_big.pfm", "netpbm")]
    public void Knows_a_file_by_its_first_bytes_whatever_it_is_called(string file, string expected)
    {
        File.Copy(DepthGoldens.PathOf(file), _folder["depth.bin"]);

        var depth = DepthFile.Read(_folder["depth.bin"]);

        DepthGoldens.AssertEqual(expected, depth.Meters, depth.Width, depth.Height);
    }

    [Fact]
    public void Reads_millimetres_or_another_unit_from_png()
    {
        File.WriteAllBytes(_folder["depth.png"], TestPng.OfRows(2, 1, 16, TestPng.Grey, [4, 0, 0, 0]));

        Assert.Equal([1.024f, float.NaN], DepthFile.Read(_folder["depth.png"]).Meters.ToArray());
        Assert.Equal([4, float.NaN], DepthFile.Read(_folder["depth.png"], new() { UnitsPerMeter = 256 }).Meters.ToArray());
    }

    [Fact]
    public void Takes_the_array_that_is_named()
    {
        Assert.Equal(15, DepthFile.Read(DepthGoldens.PathOf("several.npz"), new() { ArrayName = "b" }).Meters.Length);
        var error = Assert.Throws<InvalidDataException>(() => DepthFile.Read(DepthGoldens.PathOf("several.npz"))).Message;
        Assert.Contains($"Depth file '{DepthGoldens.PathOf("several.npz")}' has the arrays 'a', 'b'", error);
    }

    [Theory]
    [InlineData("", "is empty (0 bytes); expected an .npy, .npz, .png or .pfm file")]
    [InlineData("1.0 2.0 3.0", "begins with the bytes 312E3020322E3020; expected an .npy, .npz, .png or .pfm file, which are known by their first bytes")]
    [InlineData("P", "begins with the bytes 50;")]
    public void Refuses_text_renamed(string text, string part)
    {
        File.WriteAllText(_folder["depth.npy"], text);

        Assert.Contains($"Depth file '{_folder["depth.npy"]}' {part}", Assert.Throws<InvalidDataException>(() => DepthFile.Read(_folder["depth.npy"])).Message);
        Assert.Contains($"Mask '{_folder["depth.npy"]}' {part}", Assert.Throws<InvalidDataException>(() => DepthFile.ReadMask(_folder["depth.npy"])).Message);
    }

    [Fact]
    public void Says_what_is_there_instead_of_a_file()
    {
        Assert.Contains("there is no such file; expected a file (.npy, .npz, .png, .pfm) at", Assert.Throws<FileNotFoundException>(() => DepthFile.Read(_folder["no.npy"])).Message);
        Assert.Contains("it is a folder", Assert.Throws<FileNotFoundException>(() => DepthFile.ReadMask(_folder.Path)).Message);
        Assert.Throws<ArgumentException>(() => DepthFile.Read(""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_units_out_of_range(double units)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => DepthFile.Read(DepthGoldens.PathOf("millimeters.png"), new() { UnitsPerMeter = units })).Message;
        Assert.Contains("expected a finite number above 0: 1000 for millimetres, 256 for KITTI", error);
    }
}
