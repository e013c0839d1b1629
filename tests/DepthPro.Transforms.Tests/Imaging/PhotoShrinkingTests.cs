using DepthPro.Imaging;
using FsCheck;
using FsCheck.Fluent;

namespace DepthPro.Transforms.Tests.Imaging;

public sealed class PhotoShrinkingTests
{
    [Theory]
    [InlineData(4000, 3000, 1000, 1000, 750)]
    [InlineData(3000, 4000, 1000, 750, 1000)]
    [InlineData(640, 480, 640, 640, 480)]
    [InlineData(641, 480, 640, 640, 479)]
    [InlineData(10_000, 3, 100, 100, 1)]
    [InlineData(16_384, 16_384, 1, 1, 1)]
    [InlineData(2, 1, int.MaxValue, 2, 1)]
    public void The_longer_side_has_the_size_and_the_other_follows(int width, int height, int longerSide, int expectedWidth, int expectedHeight)
        => Assert.Equal((expectedWidth, expectedHeight), AreaAverage.SizeWithin(width, height, longerSide));

    [Fact]
    public void Each_pixel_is_the_mean_of_what_it_covers() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Sizes), size =>
    {
        var (width, height, targetWidth, targetHeight, seed) = size;
        var rgb = new byte[width * height * 3];
        new Random(seed).NextBytes(rgb);

        var got = AreaAverage.Shrink(rgb, width, height, targetWidth, targetHeight);

        for (var i = 0; i < got.Length; i++)
        {
            var expected = NaiveMean(rgb, width, height, i / 3 % targetWidth, i / 3 / targetWidth, i % 3, (double)width / targetWidth, (double)height / targetHeight);
            Assert.True(Math.Abs(got[i] - expected) <= 0.5 + 1e-9, $"{size}, value {i}: got {got[i]}, expected {expected:r}.");
        }
    }));

    [Fact]
    public void A_photo_that_fits_is_itself()
    {
        var photo = Photo.FromPixels(3, 2, new byte[18]);

        Assert.Same(photo, photo.ShrinkToFit(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => photo.ShrinkToFit(0));
    }

    [Fact]
    public void The_focal_length_is_in_the_new_pixels()
    {
        var photo = Photo.FromBytes(ExifJpeg.With((ExifJpeg.FocalLengthIn35mmFilm, 28)), "28mm.jpg");

        var small = photo.ShrinkToFit(32);

        Assert.Equal((64, 48, 32, 24), (photo.Width, photo.Height, small.Width, small.Height));
        Assert.Equal((photo.ExifFocalLengthPixels / 2, FocalLengthSource.Exif35mm, "28mm.jpg"), (small.ExifFocalLengthPixels, small.ExifFocalLengthSource, small.Name));
        Assert.Null(Photo.FromPixels(4, 4, new byte[48]).ShrinkToFit(2).ExifFocalLengthPixels);
    }

    private static Gen<(int Width, int Height, int TargetWidth, int TargetHeight, int Seed)> Sizes =>
        from width in Gen.Choose(1, 13)
        from height in Gen.Choose(1, 13)
        from targetWidth in Gen.Choose(1, width)
        from targetHeight in Gen.Choose(1, height)
        from seed in Gen.Choose(0, 1000)
        select (width, height, targetWidth, targetHeight, seed);

    private static double NaiveMean(byte[] rgb, int width, int height, int x, int y, int channel, double stepX, double stepY)
    {
        var sum = 0.0;
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var share = Math.Max(0, Math.Min(column + 1, (x + 1) * stepX) - Math.Max(column, x * stepX)) * Math.Max(0, Math.Min(row + 1, (y + 1) * stepY) - Math.Max(row, y * stepY));
                sum += share * rgb[3 * (row * width + column) + channel];
            }
        }
        return sum / (stepX * stepY);
    }
}
