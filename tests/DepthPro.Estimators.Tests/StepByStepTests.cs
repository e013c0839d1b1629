using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class StepByStepTests
{
    private readonly MLContext _ml = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gives_what_EstimateDepth_gives(bool throughPatches)
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos);
        var prepare = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.PrepareDepthInput("Input", "Image"));
        IEstimator<ITransformer> scored = throughPatches
            ? prepare.Append(_ml.Transforms.ExtractDepthPatches("Patches", "Input")).Append(_ml.Transforms.ScoreDepthPro("Inverse", "Patches", "Fov"))
            : prepare.Append(_ml.Transforms.ScoreDepthPro("Inverse", "Input", "Fov"));
        using var pipeline = scored
            .Append(_ml.Transforms.ConvertToMetricDepth("Depth", "Inverse", "Image", fieldOfView: "Fov"))
            .Append(_ml.Transforms.EstimateDepth("Whole", "Image")).Fit(data);
        var view = pipeline.Transform(data);
        Assert.Equal(view.GetColumn<DepthMap>("Whole").Select(FreshProcess.Describe), view.GetColumn<DepthMap>("Depth").Select(FreshProcess.Describe));
        Assert.Equal([200, 90], view.GetColumn<DepthMap>("Depth").Select(d => d.Width));
    }

    [Fact]
    public void Scores_once_per_row_and_estimates_the_field_of_view_only_where_it_is_read()
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos);
        var input = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.PrepareDepthInput("Input", "Image")).Fit(data).Transform(data);
        using var scorer = _ml.Transforms.ScoreDepthPro("Inverse", "Input", "Fov").Fit(input);
        var view = scorer.Transform(input);
        Assert.All(_ml.Data.CreateEnumerable<Scores>(view, reuseRowObject: false), row =>
        {
            Assert.Equal(DepthProModel.Demo.OutputSize * DepthProModel.Demo.OutputSize, row.Inverse.Length);
            Assert.InRange(row.Fov, 1, 179);
        });
        Assert.Equal(2, scorer.Runs);
        Assert.Equal(2, view.GetColumn<ReadOnlyMemory<char>>("Path").Count());
        Assert.Equal(2, scorer.Runs);
    }

    [Fact]
    public void Converts_with_a_focal_length_column()
    {
        using var image = TestData.Picture(40, 30);
        var data = _ml.Data.LoadFromEnumerable([new ScoredRow { Image = image, Inverse = [1, 1, 1, 1], Focal = 80 }]);
        var depth = _ml.Transforms.ConvertToMetricDepth("Depth", "Inverse", "Image", focalLength: "Focal").Fit(data).Transform(data).Only<DepthMap>("Depth");
        Assert.Equal((40, 30, 80f, FocalLengthSource.Given), (depth.Width, depth.Height, depth.FocalLengthPixels, depth.FocalLengthSource));
        Assert.Equal(80f / 40, depth[0, 0], 1e-6);
    }

    [Theory]
    [InlineData(float.NaN, "focal", "is NaN")]
    [InlineData(-1f, "focal", "is -1")]
    [InlineData(180f, "fov", "is 180; expected a horizontal field of view between 0 and 180 degrees")]
    [InlineData(float.NaN, "fov", "is NaN")]
    public void Names_a_bad_scale(float value, string kind, string part)
    {
        using var image = TestData.Picture(40, 30);
        var data = _ml.Data.LoadFromEnumerable([new ScoredRow { Image = image, Inverse = [1, 1, 1, 1], Focal = value }]);
        var estimator = kind == "fov"
            ? _ml.Transforms.ConvertToMetricDepth("Depth", "Inverse", "Image", fieldOfView: "Focal")
            : _ml.Transforms.ConvertToMetricDepth("Depth", "Inverse", "Image", focalLength: "Focal");
        var error = Assert.Throws<InvalidDataException>(() => estimator.Fit(data).Transform(data).Only<DepthMap>("Depth"));
        Assert.StartsWith($"Column 'Focal', row 0 {part}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wants_exactly_one_scale()
    {
        Assert.Contains("neither", Assert.Throws<ArgumentException>(() => _ml.Transforms.ConvertToMetricDepth("D", "C", "I")).Message, StringComparison.Ordinal);
        Assert.Contains("both", Assert.Throws<ArgumentException>(() => _ml.Transforms.ConvertToMetricDepth("D", "C", "I", "F", "G")).Message, StringComparison.Ordinal);
    }

    private sealed class Scores
    {
        public float[] Inverse { get; set; } = [];

        public float Fov { get; set; }
    }

    private sealed class ScoredRow
    {
        public MLImage? Image { get; set; }

        [VectorType(1, 2, 2)]
        public float[] Inverse { get; set; } = [];

        public float Focal { get; set; }
    }
}
