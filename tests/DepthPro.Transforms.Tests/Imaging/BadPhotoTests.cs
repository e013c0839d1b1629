using DepthPro.Imaging;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Imaging;

/// <summary>Photos that are damaged, false or unusual.</summary>
public sealed class BadPhotoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("f35_26.jpg", "JPEG")]
    [InlineData("cmyk.jpg", "JPEG")]
    [InlineData("rgba.png", "PNG")]
    [InlineData("webp", "WebP")]
    public void Refuses_a_photo_cut_off_anywhere(string file, string kind)
    {
        var whole = file == "webp" ? WebP() : File.ReadAllBytes(Goldens.PathOf("images", file));
        Assert.True(PhotoFile.Inspect(whole) is { IsWhole: true }, $"{file} is not whole.");
        var path = _folder["cut.bin"];
        for (var length = 12; length < whole.Length; length += whole.Length / 41 + 1)
        {
            File.WriteAllBytes(path, whole[..length]);
            var error = Assert.Throws<InvalidDataException>(() => Photo.FromFile(path));
            Assert.Contains($"Photo '{path}' is cut off: found {length} bytes of a {kind} file without the image's end", error.Message);
        }
    }

    [Theory]
    [InlineData("plain.jpg")]
    [InlineData("rgba.png")]
    public void Ignores_what_follows_the_image(string file)
    {
        var bytes = File.ReadAllBytes(Goldens.PathOf("images", file));
        Assert.Equal(Photo.FromBytes(bytes).Rgb.ToArray(), Photo.FromBytes([.. bytes, .. "a motion photo's film"u8]).Rgb.ToArray());
    }

    [Fact]
    public void Refuses_a_small_file_that_claims_to_be_a_huge_photo()
    {
        var bomb = TestPng.Of(60_000, 60_000, 8, TestPng.Rgb, [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InvalidDataException>(() => Photo.FromBytes(bomb, "bomb.png"));

        Assert.Contains("'bomb.png' from memory is 60000 x 60000, 3600000000 pixels; expected at most 268435456", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Refuses_gif_and_bmp_files_that_claim_to_be_huge_or_are_cut_off()
    {
        byte[] gif = [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, (byte)';'];
        Assert.Contains("'a.gif' from memory is 65535 x 65535, 4294836225 pixels; expected at most", Assert.Throws<InvalidDataException>(() => Photo.FromBytes(gif, "a.gif")).Message);

        var bmp = Bmp(2, 3);
        Assert.Equal(new PhotoFile("BMP", 2, 3, IsWhole: true, default), PhotoFile.Inspect(bmp));
        Assert.Contains("'a.bmp' from memory is cut off: found 70 bytes of a BMP file", Assert.Throws<InvalidDataException>(() => Photo.FromBytes(bmp.AsSpan(0, 70), "a.bmp")).Message);
        Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => Photo.FromBytes(Bmp(2, 3, claimedWidth: 60_000), "a.bmp")).Message);
    }

    [Theory]
    [InlineData("GIF89a", "a damaged GIF")]
    [InlineData("BMxxxx", "a damaged BMP")]
    [InlineData("RIFFxx", "a damaged WebP or another RIFF file")]
    public void Names_the_kind_of_a_damaged_photo(string start, string kind) =>
        Assert.Contains($"({kind}); expected", Assert.Throws<InvalidDataException>(() => Photo.FromBytes(System.Text.Encoding.ASCII.GetBytes(start))).Message);

    [Theory]
    [InlineData(8, TestPng.Grey, new byte[] { 7 }, new byte[] { 7, 7, 7 })]
    [InlineData(16, TestPng.Grey, new byte[] { 200, 99 }, new byte[] { 200, 200, 200 })]
    [InlineData(16, TestPng.Rgb, new byte[] { 1, 0, 128, 0, 255, 255 }, new byte[] { 1, 128, 255 })]
    [InlineData(8, TestPng.GreyAlpha, new byte[] { 80, 255 }, new byte[] { 80, 80, 80 })]
    [InlineData(16, TestPng.Rgba, new byte[] { 1, 0, 128, 0, 255, 255, 255, 255 }, new byte[] { 1, 128, 255 })]
    public void Reads_any_depth_and_kind_of_samples_as_eight_bit_colours(byte bits, byte colour, byte[] pixel, byte[] expected)
    {
        var photo = Photo.FromBytes(TestPng.OfRows(2, 2, bits, colour, [.. pixel, .. pixel]));

        Assert.Equal((2, 2), (photo.Width, photo.Height));
        Assert.Equal([.. expected, .. expected, .. expected, .. expected], photo.Rgb.ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4000)]
    [InlineData(4000, 1)]
    public void Estimates_photos_of_extreme_shapes(int width, int height)
    {
        using var network = DepthNetwork.Open();

        var depth = network.Estimate(Photo.FromBytes(TestPng.OfRows(width, height, 8, TestPng.Grey, new byte[width])));

        Assert.Equal((width, height), (depth.Width, depth.Height));
        Assert.True(depth.Min > 0 && float.IsFinite(depth.Max), $"Depth is from {depth.Min} to {depth.Max} m.");
    }

    [LargeFact]
    public void Estimates_a_photo_of_12000_by_9000()
    {
        var encoded = TestPng.OfRows(12_000, 9_000, 8, TestPng.Rgb, [.. Enumerable.Range(0, 3 * 12_000).Select(i => (byte)(i / 150))]);
        using var network = DepthNetwork.Open();

        var depth = network.Estimate(Photo.FromBytes(encoded));
        Npy.Write(_folder["large.npy"], depth);

        Assert.Equal((12_000, 9_000), (depth.Width, depth.Height));
        Assert.Equal(128 + 4L * 12_000 * 9_000, new FileInfo(_folder["large.npy"]).Length);
    }

    [Fact]
    public void Reads_exif_from_png_and_webp()
    {
        var tiff = ExifJpeg.Tiff((ExifJpeg.Orientation, 6), (ExifJpeg.FocalLengthIn35mmFilm, 26));
        var png = TestPng.OfRows(4, 3, 8, TestPng.Grey, new byte[4]);
        var webp = WebP();
        byte[] exifChunk = [.. "EXIF"u8, .. BitConverter.GetBytes(tiff.Length), .. tiff];
        byte[] tagged = [.. webp, .. exifChunk];
        BitConverter.TryWriteBytes(tagged.AsSpan(4), tagged.Length - 8);
        const int afterHeader = 8 + 25; // signature and IHDR

        Assert.Equal((6, FocalLengthSource.Exif35mm), Read([.. png[..afterHeader], .. TestPng.Chunk("eXIf"u8, tiff), .. png[afterHeader..]]));
        Assert.Equal((6, FocalLengthSource.Exif35mm), Read(tagged));

        static (int, FocalLengthSource) Read(byte[] file)
        {
            var exif = ExifReader.Read(file, 4, 3);
            return (exif.Orientation, exif.Source);
        }
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x20000000u)]
    [InlineData(0u)]
    public void Allocates_nothing_for_exif_that_claims_huge_tags(uint count)
    {
        var tiff = ExifJpeg.Tiff((ExifJpeg.Orientation, 6), (ExifJpeg.FocalLengthIn35mmFilm, 26));
        BitConverter.TryWriteBytes(tiff.AsSpan(8 + 2 + 4), count); // of the first entry
        var jpeg = ExifJpeg.Insert(tiff);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var exif = ExifReader.Read(jpeg, 64, 48);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((1, FocalLengthSource.Exif35mm), (exif.Orientation, exif.Source));
    }

    private byte[] WebP()
    {
        Photo.FromFile(Goldens.PathOf("images", "plain.jpg")).Save(_folder["photo.webp"]);
        return File.ReadAllBytes(_folder["photo.webp"]);
    }

    // BITMAPFILEHEADER, BITMAPINFOHEADER of 24 bits a pixel, and grey rows padded to four bytes.
    private static byte[] Bmp(int width, int height, int? claimedWidth = null)
    {
        const int HeaderLength = 54;
        var file = new byte[HeaderLength + (width * 3 + 3) / 4 * 4 * height];
        Array.Fill(file, (byte)128, HeaderLength, file.Length - HeaderLength);
        "BM"u8.CopyTo(file);
        foreach (var (at, value) in new[] { (2, file.Length), (10, HeaderLength), (14, 40), (18, claimedWidth ?? width), (22, height), (26, 1 | 24 << 16) })
        {
            BitConverter.TryWriteBytes(file.AsSpan(at), value);
        }
        return file;
    }
}
