using System.Buffers.Binary;
using DepthPro.Imaging;
using DepthPro.Tests;
using Xunit.Abstractions;

namespace DepthPro.Transforms.Tests.Imaging;

/// <summary>The readers of image headers and EXIF data, and decoding as a whole, given damaged photos; <see cref="MutationFuzz"/>.</summary>
public sealed class PhotoFuzzTests(ITestOutputHelper output)
{
    private const int Always = 400, DecodedPerThousand = 100;

    // Decoding takes memory by the size that the header claims; larger claims are the business of other tests. Only on request: the stand-in's
    // decoder warns on stderr of each damaged file.
    private const long MostPixels = 1 << 20;

    [Fact]
    public void Reads_headers_of_damaged_photos_without_a_word_and_without_memory() => output.WriteLine(Headers.Run(Always, seed: 0));

    [FuzzFact]
    public void Survives_as_many_damaged_photos_as_asked_for()
    {
        output.WriteLine(Headers.Run(FuzzFactAttribute.Inputs, FuzzFactAttribute.Seed));
        output.WriteLine(Decoding.Run(FuzzFactAttribute.Inputs * DecodedPerThousand / 1000, FuzzFactAttribute.Seed));
    }

    private static MutationFuzz Headers => new("image header and EXIF", Seeds, file =>
    {
        var exif = ExifReader.Read(file, 64, 48);
        if (exif.Orientation is < 1 or > 8 || exif.FocalLengthPixels is <= 0 or float.NaN or float.PositiveInfinity) { throw new InvalidOperationException($"It read {exif}."); }
    })
    { Constant = 0, Words = Words };

    private static MutationFuzz Decoding => new("decoding", Seeds[..^1], file =>
    {
        if (PhotoFile.Inspect(file) is not { } photo || (long)photo.Width * photo.Height <= MostPixels) { Photo.FromBytes(file); }
    })
    { Constant = MostPixels * 16, Words = Words };

    private static readonly byte[][] Words = [[0xFF, 0xD8], [0xFF, 0xD9], [0xFF, 0xE1], [0xFF, 0xDA], [0xFF, 0xC0], [.. "Exif\0\0II*\0"u8], [.. "eXIf"u8], [.. "IEND"u8], [.. "EXIF"u8], [.. "VP8X"u8]];

    private static readonly byte[] Tiff = ExifJpeg.Tiff((ExifJpeg.Orientation, 6), (ExifJpeg.FocalLengthIn35mmFilm, 0), (ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (40, 1)), (ExifJpeg.FocalPlaneResolutionUnit, 3));

    private static readonly byte[][] Seeds = MakeSeeds();

    private static byte[][] MakeSeeds()
    {
        using var folder = new TemporaryFolder();
        Photo.FromFile(Goldens.PathOf("images", "plain.jpg")).Save(folder["photo.webp"]);
        var webp = File.ReadAllBytes(folder["photo.webp"]);
        byte[] tagged = [.. webp, .. "EXIF"u8, .. BitConverter.GetBytes(Tiff.Length), .. Tiff];
        BinaryPrimitives.WriteInt32LittleEndian(tagged.AsSpan(4), tagged.Length - 8);
        var png = TestPng.OfRows(4, 3, 8, TestPng.Rgb, new byte[12]);
        return
        [
            ExifJpeg.Insert(Tiff), File.ReadAllBytes(Goldens.PathOf("images", "f35_26.jpg")), File.ReadAllBytes(Goldens.PathOf("images", "orient6.jpg")), File.ReadAllBytes(Goldens.PathOf("images", "cmyk.jpg")),
            [.. png[..33], .. TestPng.Chunk("eXIf"u8, Tiff), .. png[33..]], File.ReadAllBytes(Goldens.PathOf("images", "palette.png")), webp, tagged, Tiff,
        ];
    }
}
