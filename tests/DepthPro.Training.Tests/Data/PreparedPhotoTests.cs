using DepthPro.Training.Data;

namespace DepthPro.Training.Tests.Data;

public sealed class PreparedPhotoTests
{
    private const float Degrees = 60;

    private static readonly int Side = Networks.Tiny.InputSize, MapSide = Networks.Tiny.OutputSize;

    private readonly TrainingExample _example = MadeUpSet.Example(1, Networks.Tiny, Degrees);

    [Fact]
    public void Is_the_example_when_nothing_is_changed()
    {
        var photo = Prepared(_example, AugmentationOptions.None);

        Assert.All(_example.Rgb.Zip(photo.Pixels), pair => Assert.Equal(pair.First / 127.5 - 1, pair.Second, 1e-6));
        Assert.Equal(_example.InverseDepth, photo.InverseDepth);
        Assert.Equal(Degrees, photo.FieldOfViewDegrees);
    }

    [Fact]
    public void Mirrored_twice_is_as_before()
    {
        var mirror = AugmentationOptions.None with { MirrorShare = 1 };
        var once = Prepared(_example, mirror);
        Assert.NotEqual(_example.InverseDepth, once.InverseDepth);
        Assert.Equal(Degrees, once.FieldOfViewDegrees);

        var twice = Prepared(new([.. once.Pixels.Select(x => (byte)MathF.Round((x + 1) * 127.5f))], once.InverseDepth, Degrees), mirror);

        Assert.Equal(_example.InverseDepth, twice.InverseDepth);
        Assert.Equal(Prepared(_example, AugmentationOptions.None).Pixels, twice.Pixels);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.75)]
    public void Cropped_keeps_metric_depth_and_narrows_the_field_of_view(double keeps)
    {
        Array.Fill(_example.InverseDepth, 0.4f);
        _example.InverseDepth[0] = 9; // outside the crop
        var photo = Prepared(_example, AugmentationOptions.None with { CropShare = 1, CropKeeps = new(keeps, keeps) });

        Assert.All(photo.InverseDepth, c => Assert.Equal(0.4 / keeps, c, 1e-5));
        Assert.Equal(Math.Tan(Degrees * Math.PI / 360) * keeps, Math.Tan(photo.FieldOfViewDegrees * Math.PI / 360), 1e-5);
        // depth = f / (w C), before and after
        Assert.Equal(FocalLength.FromFieldOfView(Degrees, 1) / 0.4, FocalLength.FromFieldOfView(photo.FieldOfViewDegrees, 1) / photo.InverseDepth[0], 1e-4);
    }

    [Fact]
    public void Cropped_shows_photo_and_depth_of_the_same_place()
    {
        // A bright square and its depth, a quarter of the side, right of the middle.
        for (var i = 0; i < _example.Rgb.Length; i++) { _example.Rgb[i] = (byte)(IsInside(i % (Side * Side), Side) ? 255 : 0); }
        for (var i = 0; i < _example.InverseDepth.Length; i++) { _example.InverseDepth[i] = IsInside(i, MapSide) ? 1 : 0.1f; }

        var photo = Prepared(_example, AugmentationOptions.None with { CropShare = 1, CropKeeps = new(0.75, 0.75) });

        var scale = MapSide / Side;
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (pixel, depth) = (photo.Pixels[y * Side + x], photo.InverseDepth[(y * scale + scale / 2) * MapSide + x * scale + scale / 2]);
                if (MathF.Abs(pixel) > 0.99f) { Assert.Equal(pixel > 0, depth > 0.5f); } // not where bilinear resizing mixes
            }
        }

        static bool IsInside(int i, int side) => i % side >= side / 2 && i % side < 3 * side / 4 && i / side >= 3 * side / 8 && i / side < 5 * side / 8;
    }

    [Fact]
    public void Unknown_depth_and_field_of_view_stay_unknown()
    {
        Array.Fill(_example.InverseDepth, float.NaN, 0, MapSide * MapSide / 2);
        var photo = Prepared(new(_example.Rgb, _example.InverseDepth, float.NaN), new() { ColorShare = 1, BlurShare = 1, CropShare = 1, CropKeeps = new(0.5, 0.5), MirrorShare = 1 });

        Assert.All(photo.InverseDepth.Take(MapSide * MapSide / 2), c => Assert.True(float.IsNaN(c)));
        Assert.All(photo.InverseDepth.Skip(MapSide * MapSide / 2), c => Assert.False(float.IsNaN(c)));
        Assert.True(float.IsNaN(photo.FieldOfViewDegrees));
    }

    [Fact]
    public void Colours_stay_in_range_and_depth_as_it_is()
    {
        var photo = Prepared(_example, AugmentationOptions.None with { ColorShare = 1, ColorStrength = 0.9 });

        Assert.All(photo.Pixels, x => Assert.InRange(x, -1, 1));
        Assert.NotEqual(Prepared(_example, AugmentationOptions.None).Pixels, photo.Pixels);
        Assert.Equal(_example.InverseDepth, photo.InverseDepth);
    }

    [Fact]
    public void Blur_spreads_a_point_by_1_2_1_and_leaves_what_is_even()
    {
        Array.Fill(_example.Rgb, (byte)0);
        var middle = Side / 2 * Side + Side / 2;
        _example.Rgb[middle] = 255;

        var photo = Prepared(_example, AugmentationOptions.None with { BlurShare = 1 });

        Assert.Equal([0.125, 0.25, 0.125], new[] { -1, 0, 1 }.Select(d => (photo.Pixels[middle + d] + 1) / 2.0), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal([0.0625, 0.125, 0.0625], new[] { -1, 0, 1 }.Select(d => (photo.Pixels[middle - Side + d] + 1) / 2.0), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.All(photo.Pixels.Skip(Side * Side), x => Assert.Equal(-1, x, 1e-6));
    }

    private static PreparedPhoto Prepared(TrainingExample example, AugmentationOptions augmentation)
    {
        var photo = new PreparedPhoto(Side, MapSide);
        photo.Fill(new MadeUpSet(), example, augmentation, new(5));
        return photo;
    }
}
