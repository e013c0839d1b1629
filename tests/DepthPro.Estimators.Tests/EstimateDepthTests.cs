using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class EstimateDepthTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gives_each_photo_what_the_network_gives(bool loadPhotos)
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos);
        IEstimator<ITransformer> load = loadPhotos ? _ml.Transforms.LoadPhotos("Image", null, "Path") : _ml.Transforms.LoadImages("Image", "", "Path");
        using var pipeline = load.Append(_ml.Transforms.EstimateDepth("Depth", "Image")).Fit(data);
        using var network = DepthNetwork.Open();
        foreach (var (depth, path) in pipeline.Transform(data).GetColumn<DepthMap>("Depth").Zip(TestData.TwoPhotos))
        {
            Assert.Equal(FreshProcess.Describe(network.Estimate(Photo.FromFile(path))), FreshProcess.Describe(depth));
        }
    }

    [Fact]
    public void Runs_once_per_row_however_many_outputs_are_read()
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos);
        var images = _ml.Transforms.LoadPhotos("Image", null, "Path").Fit(data).Transform(data);
        using var transformer = _ml.Transforms.EstimateDepth(AllOutputs).Fit(images);
        var rows = _ml.Data.CreateEnumerable<AllRow>(transformer.Transform(images), reuseRowObject: false).ToList();
        Assert.Equal(2, transformer.Runs);
        Assert.All(rows, row =>
        {
            Assert.Equal(row.Depth?.FieldOfViewDegrees, row.FieldOfView);
            Assert.Equal(row.Depth?.FocalLengthPixels, row.Pixels);
            Assert.Equal(FocalLengthSource.Estimated, row.Depth?.FocalLengthSource);
        });
    }

    [Fact]
    public void Runs_never_when_no_output_is_read()
    {
        var data = TestData.Paths(_ml, "nowhere.jpg");
        using var transformer = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.EstimateDepth(AllOutputs)).Fit(data);
        var view = transformer.Transform(data);
        Assert.Equal("nowhere.jpg", view.Only<ReadOnlyMemory<char>>("Path").ToString());
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            cursor.GetGetter<DepthMap>(view.Schema["Depth"]);
            Assert.True(cursor.MoveNext());
        }
        Assert.Equal(0, transformer.LastTransformer.Runs);
    }

    [Fact]
    public void Takes_known_focal_lengths_and_estimates_the_others()
    {
        using var image = TestData.Picture(40, 30);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = image, FocalLength = 50 }, new ImageRow { Image = image }]);
        using var transformer = _ml.Transforms.EstimateDepth("Depth", "Image", "FocalLength").Fit(data);
        var depths = transformer.Transform(data).GetColumn<DepthMap>("Depth").ToList();
        Assert.Equal((50f, FocalLengthSource.Given), (depths[0].FocalLengthPixels, depths[0].FocalLengthSource));
        Assert.Equal(FocalLengthSource.Estimated, depths[1].FocalLengthSource);
        Assert.NotEqual(50f, depths[1].FocalLengthPixels);
    }

    [Fact]
    public void Keeps_the_source_that_LoadPhotos_found()
    {
        var data = TestData.Paths(_ml, TestData.ExifPhoto, TestData.PlainPhoto);
        using var pipeline = _ml.Transforms.LoadPhotos("Image", null, "Path", "F").Append(_ml.Transforms.EstimateDepth("Depth", "Image", "F")).Fit(data);
        var depths = pipeline.Transform(data).GetColumn<DepthMap>("Depth").ToList();
        Assert.Equal([FocalLengthSource.Exif35mm, FocalLengthSource.Estimated], depths.Select(d => d.FocalLengthSource));
        Assert.Equal(Photo.FromFile(TestData.ExifPhoto).ExifFocalLengthPixels, depths[0].FocalLengthPixels);
    }

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(-5f, "-5")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Names_column_row_and_value_of_a_bad_focal_length(float focalLength, string text)
    {
        using var image = TestData.Picture(40, 30);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = image, FocalLength = focalLength }]);
        using var transformer = _ml.Transforms.EstimateDepth("Depth", "Image", "FocalLength").Fit(data);
        var error = Assert.Throws<InvalidDataException>(() => transformer.Transform(data).Only<DepthMap>("Depth"));
        Assert.StartsWith($"Column 'FocalLength', row 0 is {text}; expected a focal length in pixels above 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, transformer.Runs);
    }

    [Fact]
    public void Leaves_the_images_to_their_owner()
    {
        using var image = TestData.Picture(40, 30);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = image }]);
        using var transformer = _ml.Transforms.EstimateDepth("Depth", "Image").Fit(data);
        Assert.Equal(40, transformer.Transform(data).Only<DepthMap>("Depth").Width);
        Assert.Equal(40, image.Width);
    }

    [Fact]
    public void Names_the_row_without_an_image()
    {
        var data = _ml.Data.LoadFromEnumerable([new ImageRow()]);
        using var transformer = _ml.Transforms.EstimateDepth("Depth", "Image").Fit(data);
        var error = Assert.Throws<InvalidDataException>(() => transformer.Transform(data).Only<DepthMap>("Depth"));
        Assert.StartsWith("Column 'Image', row 0 holds no image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Makes_a_transformer_of_its_own_in_each_fit()
    {
        using var image = TestData.Picture(40, 30);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = image }]);
        var estimator = _ml.Transforms.EstimateDepth("Depth", "Image");
        estimator.Fit(data).Dispose();
        using var second = estimator.Fit(data);
        Assert.Equal(40, second.Transform(data).Only<DepthMap>("Depth").Width);
    }

    private static DepthEstimationOptions AllOutputs { get; } = new()
    {
        OutputColumnName = "Depth",
        InputColumnName = "Image",
        FieldOfViewOutputColumnName = "FieldOfView",
        FocalLengthOutputColumnName = "Pixels",
    };

    private sealed class AllRow
    {
        public DepthMap? Depth { get; set; }

        public float FieldOfView { get; set; }

        public float Pixels { get; set; }
    }
}
