using DepthPro.Imaging;

namespace DepthPro.Transforms.Tests.Imaging;

public sealed class OrientationTests
{
    public static TheoryData<int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int>();
            foreach (var (width, height) in new[] { (1, 1), (5, 1), (1, 4), (3, 2), (7, 5) })
            {
                for (var exif = 1; exif <= 8; exif++) { cases.Add(exif, width, height); }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Walks_as_exif_says(int exif, int width, int height)
    {
        var rgb = new byte[width * height * 3];
        new Random(exif).NextBytes(rgb);
        var expected = NaiveOrientation.Apply(rgb, width, height, exif);

        var orientation = Orientation.Of(exif, width, height);
        Assert.Equal((expected.Width, expected.Height), (orientation.Width, orientation.Height));
        Assert.Equal(Orientation.SwapsAxes(exif), exif > 4);
        for (var i = 0; i < width * height; i++)
        {
            var stored = orientation.First + i % orientation.Width * orientation.StepX + i / orientation.Width * orientation.StepY;
            Assert.Equal(expected.Rgb.AsSpan(i * 3, 3), rgb.AsSpan(stored * 3, 3));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Applies_to_photos(int exif)
    {
        var plain = Photo.FromBytes(ExifJpeg.With());
        var photo = Photo.FromBytes(ExifJpeg.With((ExifJpeg.Orientation, exif)));
        var expected = NaiveOrientation.Apply(plain.Rgb, plain.Width, plain.Height, exif);
        Assert.Equal((expected.Width, expected.Height), (photo.Width, photo.Height));
        Assert.Equal(expected.Rgb, photo.Rgb.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65535)]
    public void Takes_an_orientation_outside_1_to_8_as_none(int exif) =>
        Assert.Equal(Photo.FromBytes(ExifJpeg.With()).Rgb.ToArray(), Photo.FromBytes(ExifJpeg.With((ExifJpeg.Orientation, exif))).Rgb.ToArray());
}
