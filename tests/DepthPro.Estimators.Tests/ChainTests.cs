using Microsoft.ML;

namespace DepthPro.Estimators.Tests;

public sealed class ChainTests
{
    private readonly MLContext _ml = new();

    [Fact]
    public void Feeds_transforms_of_ML_NET()
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos);
        var options = new DepthEstimationOptions
        {
            OutputColumnName = "Depth",
            InputColumnName = "Image",
            FieldOfViewOutputColumnName = "FieldOfView",
            FocalLengthOutputColumnName = "Pixels",
        };
        using var chain = _ml.Transforms.CopyColumns("File", "Path")
            .Append(_ml.Transforms.LoadPhotos("Image", null, "File"))
            .Append(_ml.Transforms.EstimateDepth(options))
            .Append(_ml.Transforms.CopyColumns("Same", "Depth"))
            .Append(_ml.Transforms.Concatenate("Features", "FieldOfView", "Pixels")).Fit(data);
        var rows = _ml.Data.CreateEnumerable<Row>(chain.Transform(data), reuseRowObject: false).ToList();
        Assert.All(rows, row =>
        {
            Assert.Same(row.Depth, row.Same);
            Assert.Equal([row.Depth?.FieldOfViewDegrees ?? 0, row.Depth?.FocalLengthPixels ?? 0], row.Features);
        });
        Assert.Equal(2, chain.OfType<DepthEstimationTransformer>().Single().Runs);
    }

    [Fact]
    public void Shows_in_a_preview()
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos);
        using var chain = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.EstimateDepth("Depth", "Image")).Fit(data);
        var preview = chain.Transform(data).Preview(maxRows: 1);
        Assert.IsType<DepthMap>(preview.RowView.Single().Values.Single(v => v.Key == "Depth").Value);
    }

    private sealed class Row
    {
        public DepthMap? Depth { get; set; }

        public DepthMap? Same { get; set; }

        public float[] Features { get; set; } = [];
    }
}
