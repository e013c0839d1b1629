using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Imaging;

/// <summary>Against what ml-depth-pro's loader returns, or what it should where it is plainly wrong.</summary>
public sealed class PhotoGoldenTests
{
    // Decoders of JPEG differ in their inverse transform and chroma upsampling.
    private const int JpegTolerance = 4;

    [Theory]
    [InlineData("plain.jpg")]
    [InlineData("orient1.jpg")]
    [InlineData("orient3.jpg")]
    [InlineData("orient6.jpg")]
    [InlineData("orient8.jpg")]
    [InlineData("f35_26.jpg")]
    [InlineData("focal_mm_only.jpg")]
    [InlineData("gray.jpg")]
    public void Jpeg_is_within_4_of_the_reference(string file) => AssertClose(file, Expected(file).Rgb, _ => JpegTolerance);

    [Theory]
    [InlineData("orient2.jpg", 2)]
    [InlineData("orient5.jpg", 5)]
    public void Jpeg_is_within_4_of_the_reference_turned_as_the_reference_forgets_to(string file, int orientation)
    {
        var (rgb, width, height) = Expected(file);
        AssertClose(file, NaiveOrientation.Apply(rgb, width, height, orientation).Rgb, _ => JpegTolerance);
    }

    [Fact]
    public void Grey_png_equals_the_reference() => AssertClose("gray.png", Expected("gray.png").Rgb, _ => 0);

    [Fact]
    public void Black_and_white_png_equals_the_reference_times_255() =>
        AssertClose("bilevel.png", [.. Expected("bilevel.png").Rgb.Select(v => v == 0 ? (byte)0 : (byte)255)], _ => 0);

    [Fact]
    public void Palette_png_has_the_colours_of_its_palette()
    {
        var png = File.ReadAllBytes(Goldens.PathOf("images", "palette.png"));
        var palette = png.AsSpan(png.AsSpan().IndexOf("PLTE"u8) + 4).ToArray();
        var indices = Expected("palette.png").Rgb;
        AssertClose("palette.png", [.. indices.Select((index, i) => palette[index * 3 + i % 3])], _ => 0);
    }

    // The reference takes C, M, Y for R, G, B; the file's K is 0 everywhere.
    [Fact]
    public void Cmyk_jpeg_becomes_rgb() => AssertClose("cmyk.jpg", [.. Expected("cmyk.jpg").Rgb.Select(v => (byte)(255 - v))], _ => JpegTolerance);

    [Fact]
    public void Translucent_png_is_the_reference_within_what_eight_bits_of_premultiplied_colour_keep()
    {
        var expected = Expected("rgba.png").Rgb;
        var alpha = PngAlpha.Read(Goldens.PathOf("images", "rgba.png"));
        Assert.Contains(alpha, a => a is > 0 and < 255);
        for (var i = 0; i < expected.Length; i++)
        {
            if (alpha[i / 3] == 0) { expected[i] = 0; }
        }
        AssertClose("rgba.png", expected, i => alpha[i / 3] is 0 or 255 ? 0 : 127.5 / alpha[i / 3] + 0.5);
    }

    [Fact]
    public void Focal_length_equals_the_reference()
    {
        foreach (var entry in Goldens.Json("images", "expected.json").GetProperty("load_rgb").EnumerateArray())
        {
            var file = entry.GetProperty("file").GetString() ?? "";
            var expected = entry.GetProperty("f_px") is { ValueKind: System.Text.Json.JsonValueKind.Number } number ? (float?)number.GetDouble() : null;
            var photo = Photo.FromFile(Goldens.PathOf("images", file));
            Assert.Equal((file, expected), (file, photo.ExifFocalLengthPixels));
            Assert.Equal(expected is null ? FocalLengthSource.Unknown : FocalLengthSource.Exif35mm, photo.ExifFocalLengthSource);
        }
    }

    private static (byte[] Rgb, int Width, int Height) Expected(string file)
    {
        var shape = Goldens.Json("images", "expected.json").GetProperty("load_rgb").EnumerateArray().Single(e => e.GetProperty("file").GetString() == file).GetProperty("shape");
        var bytes = File.ReadAllBytes(Goldens.PathOf("images", $"{file}.npy"));
        var (height, width) = (shape[0].GetInt32(), shape[1].GetInt32());
        return (bytes[^(width * height * 3)..], width, height);
    }

    private static void AssertClose(string file, byte[] expected, Func<int, double> tolerance)
    {
        var got = Photo.FromFile(Goldens.PathOf("images", file)).Rgb;
        Assert.Equal(expected.Length, got.Length);
        var (worst, worstAt) = (double.NegativeInfinity, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            var excess = Math.Abs(got[i] - expected[i]) - tolerance(i);
            if (excess > worst) { (worst, worstAt) = (excess, i); }
        }
        Assert.True(worst <= 0, $"{file}: worst at byte {worstAt}: got {got[worstAt]}, expected {expected[worstAt]} (tolerance {tolerance(worstAt):g3}).");
    }
}
