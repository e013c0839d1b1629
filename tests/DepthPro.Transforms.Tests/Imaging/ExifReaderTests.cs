using DepthPro.Imaging;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Imaging;

public sealed class ExifReaderTests
{
    private const int Width = 64, Height = 48;

    [Fact]
    public void Prefers_the_35mm_equivalent()
    {
        var exif = Read((ExifJpeg.FocalLengthIn35mmFilm, 26), (ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (100, 1)));
        Assert.Equal((FocalLength.From35mm(26, Width, Height), FocalLengthSource.Exif35mm), (exif.FocalLengthPixels, exif.Source));
    }

    [Theory]
    [InlineData(2, 50.0 / 25.4 * 40)]
    [InlineData(3, 50.0 / 10 * 40)]
    [InlineData(4, 50.0 * 40)]
    public void Reads_the_focal_plane_resolution_in_its_unit(int unit, double expected)
    {
        var exif = Read((ExifJpeg.FocalLengthIn35mmFilm, 0), (ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (40, 1)), (ExifJpeg.FocalPlaneResolutionUnit, unit));
        Assert.Equal(((float)expected, FocalLengthSource.ExifFocalPlane), (exif.FocalLengthPixels, exif.Source));
    }

    [Fact]
    public void Takes_inches_where_the_unit_is_missing() =>
        Assert.Equal((float)(50 / 25.4 * 40), Read((ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (40, 1))).FocalLengthPixels);

    [Fact]
    public void Rescales_when_the_photo_was_made_smaller() =>
        Assert.Equal((float)(50 / 25.4 * 4000 * 64 / 6400), Read((ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (4000, 1)), (ExifJpeg.PixelXDimension, 6400)).FocalLengthPixels);

    [Theory]
    [InlineData(1, 40)]
    [InlineData(3, 40)]
    [InlineData(6, 30)]
    [InlineData(8, 30)]
    public void Takes_the_axis_that_is_horizontal_after_orientation(int orientation, double resolution)
    {
        var exif = Read((ExifJpeg.Orientation, orientation), (ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (80, 1)), (ExifJpeg.FocalPlaneYResolution, (90, 1)),
            (ExifJpeg.PixelXDimension, 2 * Width), (ExifJpeg.PixelYDimension, 3 * Height));
        Assert.Equal((float)(50 / 25.4 * resolution), exif.FocalLengthPixels);
        Assert.Equal(orientation, exif.Orientation);
    }

    [Fact]
    public void Takes_square_pixels_where_the_vertical_resolution_is_missing() =>
        Assert.Equal((float)(50 / 25.4 * 40), Read((ExifJpeg.Orientation, 6), (ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (40, 1))).FocalLengthPixels);

    [Theory]
    [InlineData(50, 0, 40, 1, 2)] // a denominator of zero
    [InlineData(0, 1, 40, 1, 2)]
    [InlineData(50, 1, 0, 0, 2)]
    [InlineData(50, 1, 40, 1, 1)] // "no unit"
    [InlineData(50, 1, 40, 1, 77)]
    [InlineData(2000000000, 1, 2000000000, 1, 2)]
    [InlineData(1, 2000000000, 1, 2000000000, 2)]
    public void Knows_no_focal_length_where_the_numbers_are_absurd(int millimeters, int per, int resolution, int perResolution, int unit)
    {
        var exif = Read((ExifJpeg.Orientation, 6), (ExifJpeg.FocalLengthMillimeters, (millimeters, per)), (ExifJpeg.FocalPlaneXResolution, (resolution, perResolution)), (ExifJpeg.FocalPlaneResolutionUnit, unit));
        Assert.Equal(new PhotoExif(6, null, FocalLengthSource.Unknown), exif);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(8653, true)]
    [InlineData(65535, false)]
    public void Believes_35mm_equivalents_between_1_mm_and_8_m(int millimeters, bool believed) =>
        Assert.Equal(believed, Read((ExifJpeg.FocalLengthIn35mmFilm, millimeters)).FocalLengthPixels is not null);

    [Fact]
    public void Falls_back_when_the_35mm_equivalent_is_absurd() =>
        Assert.Equal(FocalLengthSource.ExifFocalPlane, Read((ExifJpeg.FocalLengthIn35mmFilm, 65535), (ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (40, 1))).Source);

    [Theory]
    [InlineData("focal_mm_only.jpg")]
    [InlineData("plain.jpg")]
    [InlineData("gray.png")]
    public void Knows_nothing_where_the_file_says_nothing(string file) =>
        Assert.Equal(PhotoExif.None, ExifReader.Read(File.ReadAllBytes(Goldens.PathOf("images", file)), Width, Height));

    [Fact]
    public void Never_throws_on_damaged_exif()
    {
        var intact = ExifJpeg.Tiff((ExifJpeg.Orientation, 6), (ExifJpeg.FocalLengthIn35mmFilm, 26), (ExifJpeg.FocalLengthMillimeters, (50, 1)), (ExifJpeg.FocalPlaneXResolution, (40, 1)));
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            byte[] damaged = [.. intact];
            for (var hits = random.Next(1, 6); hits > 0; hits--) { damaged[random.Next(damaged.Length)] = (byte)random.Next(256); }
            if (round % 3 == 0) { damaged = damaged[..random.Next(damaged.Length)]; }
            var exif = ExifReader.Read(ExifJpeg.Insert(damaged), Width, Height);
            Assert.InRange(exif.Orientation, 1, 8);
            Assert.True(exif.FocalLengthPixels is null or > 0, $"Round {round}: got {exif.FocalLengthPixels}.");
            Assert.Equal(exif.FocalLengthPixels is null, exif.Source == FocalLengthSource.Unknown);
        }
    }

    [Fact]
    public void Does_not_loop_when_a_directory_points_to_itself()
    {
        var tiff = ExifJpeg.Tiff((ExifJpeg.Orientation, 6));
        const int exifPointerValue = 8 + 2 + 12 + 8, nextDirectory = 8 + 2 + 2 * 12;
        tiff[exifPointerValue] = 8;
        tiff[nextDirectory] = 8;
        Assert.Equal(6, ExifReader.Read(ExifJpeg.Insert(tiff), Width, Height).Orientation);
    }

    [Fact]
    public void Knows_nothing_where_there_is_no_image() => Assert.Equal(PhotoExif.None, ExifReader.Read([1, 2, 3], Width, Height));

    private static PhotoExif Read(params (int Tag, object Value)[] tags) => ExifReader.Read(ExifJpeg.With(tags), Width, Height);
}
