using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class LockFocalLengthTests
{
    private readonly MLContext _ml = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gives_every_depth_map_the_median_field_of_view(bool savedAndLoaded)
    {
        using var folder = new TemporaryFolder();
        DepthMap[] clip = [Map(10, 8), Map(20, 18), Map(10, 12), Map(10, float.NaN)];
        var data = _ml.Data.LoadFromEnumerable(clip.Select(map => new DepthRow { Depth = map }).ToList());

        ITransformer model = _ml.Transforms.LockFocalLength("Depth").Fit(data);
        Assert.Equal(0.9, ((DepthPro.Depth.FocalLengthLockingTransformer)model).Lock.RelativeFocalLength, 1e-6);
        if (savedAndLoaded)
        {
            _ml.Model.Save(model, null, folder["model.zip"]);
            model = new MLContext().Model.Load(folder["model.zip"], out _);
        }

        var locked = model.Transform(data).GetColumn<DepthMap>("Depth").ToList();
        Assert.Equal([9f, 18f, 9f, 9f], locked.Select(map => map.FocalLengthPixels));
        Assert.All(locked, map => Assert.Equal(FocalLengthSource.Locked, map.FocalLengthSource));
        Assert.Equal([2 * 9 / 8f, 2f, 2 * 9 / 12f, 2f], locked.Select(map => map[0, 0]));
    }

    [Fact]
    public void Gives_every_photo_the_median_focal_length_and_its_source_for_EstimateDepth()
    {
        using var small = TestData.Picture(40, 30);
        using var large = TestData.Picture(80, 60);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = small, FocalLength = 50 }, new ImageRow { Image = large, FocalLength = 90 }, new ImageRow { Image = large }]);

        using var model = _ml.Transforms.LockFocalLength("Locked", "FocalLength", "Image").Append(_ml.Transforms.EstimateDepth("Depth", "Image", "Locked")).Fit(data);
        var view = model.Transform(data);

        var relative = (50 / 40.0 + 90 / 80.0) / 2;
        Assert.Equal([(float)(relative * 40), (float)(relative * 80), (float)(relative * 80)], view.GetColumn<float>("Locked"));
        Assert.Equal(["locked", "locked", "locked"], view.GetColumn<string>("Locked.Source"));
        var depth = view.GetColumn<DepthMap>("Depth").First();
        Assert.Equal(((float)(relative * 40), FocalLengthSource.Locked), (depth.FocalLengthPixels, depth.FocalLengthSource));
        Assert.Contains("(locked)", depth.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Applies_to_other_rows_what_it_found()
    {
        var clip = _ml.Data.LoadFromEnumerable([new DepthRow { Depth = Map(10, 8) }]);
        var others = _ml.Data.LoadFromEnumerable([new DepthRow { Depth = Map(30, 99) }]);
        Assert.Equal(24, _ml.Transforms.LockFocalLength("Depth").Fit(clip).Transform(others).Only<DepthMap>("Depth").FocalLengthPixels, 1e-4);
    }

    [Fact]
    public void Needs_a_known_focal_length_in_some_row()
    {
        var data = _ml.Data.LoadFromEnumerable([new DepthRow { Depth = Map(10, float.NaN) }, new DepthRow { Depth = Map(10, float.NaN) }]);
        var error = Assert.Throws<InvalidDataException>(() => _ml.Transforms.LockFocalLength("Locked", "Depth").Fit(data));
        Assert.StartsWith("Column 'Depth' has no known focal length in any of 2 rows", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Names_the_row_of_a_bad_focal_length(float focalLength, string text)
    {
        using var image = TestData.Picture(40, 30);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = image, FocalLength = 50 }, new ImageRow { Image = image, FocalLength = focalLength }]);
        var error = Assert.Throws<InvalidDataException>(() => _ml.Transforms.LockFocalLength("Locked", "FocalLength", "Image").Fit(data));
        Assert.StartsWith($"Column 'FocalLength', row 1 is {text}; expected a focal length in pixels above 0", error.Message, StringComparison.Ordinal);
    }

    private static DepthMap Map(int width, float focalLength) =>
        new(width, 1, Enumerable.Repeat(2f, width).ToArray(), focalLength, float.IsNaN(focalLength) ? FocalLengthSource.Unknown : FocalLengthSource.Estimated);
}
