using System.IO.Compression;
using DepthPro.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace DepthPro.Transforms.Tests.Formats;

/// <summary>What DepthFile.Write writes, DepthFile.Read reads.</summary>
public sealed class DepthFileWriteTests : IDisposable
{
    private static readonly DepthMap Map = new(3, 2, [1, 2.5f, float.NaN, 70, float.PositiveInfinity, 1e-4f], 100, FocalLengthSource.Given);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("depth.npy")]
    [InlineData("depth.npz")]
    [InlineData("DEPTH.NPZ")]
    public void Arrays_come_back_to_the_bit(string name) => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(AnyDepth.Maps), depth =>
    {
        Assert.Equal(default, DepthFile.Write(_folder[name], depth));

        var back = DepthFile.Read(_folder[name]);

        Assert.Equal((depth.Width, depth.Height), (back.Width, back.Height));
        AnyDepth.AssertSame(depth.Meters, back.Meters);
    }));

    [Fact]
    public void Pfm_comes_back_to_the_bit_where_it_is_finite() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(AnyDepth.Maps), depth =>
    {
        DepthFile.Write(_folder["depth.pfm"], depth);

        var back = DepthFile.Read(_folder["depth.pfm"]);

        Assert.Equal((depth.Width, depth.Height), (back.Width, back.Height));
        AnyDepth.AssertSame([.. depth.Meters.ToArray().Select(meters => float.IsFinite(meters) ? meters : float.NaN)], back.Meters);
    }));

    [Fact]
    public void Png_comes_back_to_half_a_unit_and_knows_what_was_known() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(AnyDepth.Maps), Arb.From(Gen.Elements(1000.0, 256.0, 3.5)), (depth, units) =>
    {
        var options = new DepthFileOptions { UnitsPerMeter = units };
        var written = DepthFile.Write(_folder["depth.png"], depth, options);

        var back = DepthFile.Read(_folder["depth.png"], options);

        Assert.Equal((depth.Width, depth.Height), (back.Width, back.Height));
        for (var i = 0; i < depth.Meters.Length; i++)
        {
            var (before, after) = (depth.Meters[i], back.Meters[i]);
            Assert.Equal(before > 0, after > 0);
            Assert.Equal(!(before > 0), float.IsNaN(after));
            if (before > 0) { Assert.Equal(Math.Clamp(before, 1 / units, 65535 / units), after, 0.5 / units + 1e-5 * after); }
        }
        Assert.Equal(depth.Meters.ToArray().Count(meters => meters * units >= 65535.5), written.SaturatedPixels);
    }));

    [Fact]
    public void Png_is_grey_of_16_bits_in_the_order_of_the_format()
    {
        DepthFile.Write(_folder["a.depth16.png"], new DepthMap(2, 1, [1.5f, 66], 100, FocalLengthSource.Given));

        var bytes = File.ReadAllBytes(_folder["a.depth16.png"]);

        Assert.Equal([0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 2, 0, 0, 0, 1, 16, 0, 0, 0, 0], bytes[..29]);
        Assert.Equal("IDAT"u8, bytes.AsSpan(37, 4));
        using var rows = new ZLibStream(new MemoryStream(bytes, 41, bytes.Length - 41), CompressionMode.Decompress);
        var row = new byte[5];
        rows.ReadExactly(row);
        Assert.Equal([4, 0x05, 0xDC, 0xFA, 0x23], row); // Paeth; 1500, and 65535 less it byte by byte
        Assert.Equal("IEND"u8, bytes.AsSpan(bytes.Length - 8, 4));
    }

    [Fact]
    public void Pfm_holds_rows_from_the_bottom_up_in_little_endian()
    {
        DepthFile.Write(_folder["a.pfm"], new DepthMap(1, 2, [1, 2], 100, FocalLengthSource.Given));

        Assert.Equal([.. "Pf\n1 2\n-1.0\n"u8, .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(1f)], File.ReadAllBytes(_folder["a.pfm"]));
    }

    [Fact]
    public void Npz_is_deflated_has_no_time_and_the_array_that_is_named()
    {
        var flat = new DepthMap(100, 100, new float[10_000], 100, FocalLengthSource.Given);
        DepthFile.Write(_folder["a.npz"], flat, new() { ArrayName = "meters" });

        using var zip = ZipFile.OpenRead(_folder["a.npz"]);

        var entry = Assert.Single(zip.Entries);
        Assert.Equal(("meters.npy", 128 + 40_000), (entry.FullName, (int)entry.Length));
        Assert.InRange(entry.CompressedLength, 1, 400);
        Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
        Assert.Equal(100, DepthFile.Read(_folder["a.npz"], new() { ArrayName = "meters" }).Width);
    }

    [Theory]
    [InlineData("depth.npy")]
    [InlineData("depth.npz")]
    [InlineData("depth.pfm")]
    [InlineData("depth.depth16.png")]
    public void A_file_is_replaced_whole_and_the_same_again(string name)
    {
        File.WriteAllText(_folder[name], "old");
        DepthFile.Write(_folder[name], Map);
        var first = File.ReadAllBytes(_folder[name]);

        DepthFile.Write(_folder[name], Map);

        Assert.Equal(first, File.ReadAllBytes(_folder[name]));
        Assert.Equal([_folder[name]], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("depth.npy")]
    [InlineData("depth.npz")]
    [InlineData("depth.pfm")]
    [InlineData("depth.png")]
    public void Nothing_is_left_where_it_cannot_be_written(string name)
    {
        Directory.CreateDirectory(_folder[name]);

        Assert.Contains("cannot be written", Assert.ThrowsAny<IOException>(() => DepthFile.Write(_folder[name], Map)).Message);
        Assert.Contains("there is no folder", Assert.Throws<DirectoryNotFoundException>(() => DepthFile.Write(_folder[$"missing/{name}"], Map)).Message);

        Assert.Equal([_folder[name]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("depth.tiff")]
    [InlineData("depth")]
    [InlineData("depth.depth.png")]
    public void Refuses_a_name_that_says_no_format(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => DepthFile.Write(_folder[name], Map)).Message;

        Assert.Contains($"'{_folder[name]}' cannot be written: its name says no format for depth; expected it to end in .npy, .npz, .pfm, .depth16.png, .png (.depth.png is for pictures)", error);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("disp0.pfm")]
    [InlineData("DISP1GT.PFM")]
    public void Refuses_a_name_that_would_be_read_as_disparity(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => DepthFile.Write(_folder[name], Map)).Message;

        Assert.Contains($"'{_folder[name]}' is named as Middlebury's disparity is, for which it would be taken; expected another name", error);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Refuses_another_unit_where_the_name_says_millimetres()
    {
        var error = Assert.Throws<ArgumentException>(() => DepthFile.Write(_folder["a.depth16.png"], Map, new() { UnitsPerMeter = 256 })).Message;

        Assert.Contains("with 256 units per metre; a file so named is in millimetres, 1000 units", error);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Refuses_options_that_it_cannot_follow()
    {
        Assert.Contains("expected none: depth is written in metres", Assert.Throws<ArgumentException>(() => DepthFile.Write(_folder["a.npy"], Map, new() { CalibrationPath = "calib.txt" })).Message);
        Assert.Contains("ArrayName is empty", Assert.Throws<ArgumentException>(() => DepthFile.Write(_folder["a.npz"], Map, new() { ArrayName = "" })).Message);
        Assert.Contains("UnitsPerMeter is 0", Assert.Throws<ArgumentOutOfRangeException>(() => DepthFile.Write(_folder["a.png"], Map, new() { UnitsPerMeter = 0 })).Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
