using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class CompareDepthTests
{
    private readonly MLContext _ml = new();

    [Fact]
    public void Gives_each_rows_metrics()
    {
        ComparedRow[] rows = [new() { Depth = Map(3, 2, 2), Truth = Map(3, 2, 1) }, new() { Depth = Map(2, 2, 1), Truth = Map(2, 2, float.NaN) }];
        var data = _ml.Data.LoadFromEnumerable(rows);

        var view = _ml.Transforms.CompareDepth("Comparison", "Depth", "Truth").Fit(data).Transform(data);

        Assert.Equal([6L, 0L], view.GetColumn<long>("Comparison.ValidPixels"));
        foreach (var metric in EvaluationMetric.All.Where(metric => metric.Name != "maskBoundaryRecall"))
        {
            var expected = rows.Select(row => metric.Of(new() { Depth = DepthMetrics.Of(Known(row.Depth), Known(row.Truth)), Boundary = BoundaryMetrics.Of(Known(row.Depth), Known(row.Truth)) }) ?? -1);
            Assert.Equal(expected, view.GetColumn<double>($"Comparison.{char.ToUpperInvariant(metric.Name[0])}{metric.Name[1..]}"));
        }
    }

    [Fact]
    public void Names_its_columns_after_the_output_and_what_it_compares()
    {
        var data = _ml.Data.LoadFromEnumerable(Array.Empty<ComparedRow>());
        string[] New(DepthComparisonEstimator estimator) => [.. estimator.Fit(data).GetOutputSchema(data.Schema).Skip(data.Schema.Count).Select(column => $"{column.Name} {column.Type}")];

        Assert.Equal(
            ["Depth.ValidPixels Int64", "Depth.AbsRel Double", "Depth.SqRel Double", "Depth.Rmse Double", "Depth.RmseLog Double", "Depth.Log10 Double", "Depth.SiLog Double",
                "Depth.Delta1 Double", "Depth.Delta2 Double", "Depth.Delta3 Double", "Depth.BoundaryF1 Double", "Depth.BoundaryPrecision Double", "Depth.BoundaryRecall Double"],
            New(_ml.Transforms.CompareDepth("Depth", labelColumnName: "Truth")));
        Assert.Equal(["C.ValidPixels Int64", "C.MaskBoundaryRecall Double"], New(_ml.Transforms.CompareDepth("C", "Depth", options: new() { MaskColumnName = "Matte" })));
        Assert.DoesNotContain(New(_ml.Transforms.CompareDepth("C", "Depth", "Truth", new() { Boundary = null })), column => column.Contains("Boundary", StringComparison.Ordinal));
    }

    [Fact]
    public void Computes_only_the_groups_that_are_read()
    {
        var data = _ml.Data.LoadFromEnumerable([new ComparedRow { Depth = Map(2, 2, 1), Truth = Map(4, 4, 1) }]);
        var view = _ml.Transforms.CompareDepth("C", "Depth", "Truth").Fit(data).Transform(data);

        Assert.Equal(0, view.Only<double>("C.AbsRel"), 1e-12); // resized
        var error = Assert.Throws<InvalidDataException>(() => view.Only<double>("C.BoundaryF1"));
        foreach (var part in new[] { "Column 'Depth', row 0", "2 x 2", "4 x 4", "Boundary = null" }) { Assert.Contains(part, error.Message, StringComparison.Ordinal); }
    }

    [Fact]
    public void Reads_each_map_once_per_row_and_not_before()
    {
        var row = new CountingRow();
        var data = _ml.Data.LoadFromEnumerable([row]);
        var view = _ml.Transforms.CompareDepth("C", "Depth", "Truth").Fit(data).Transform(data);
        Assert.Equal(0, row.Reads);

        using var cursor = view.GetRowCursor(view.Schema);
        double value = 0;
        var getters = new[] { "AbsRel", "Delta1", "BoundaryF1", "BoundaryRecall" }.Select(name => cursor.GetGetter<double>(view.Schema[$"C.{name}"])).ToList();
        Assert.True(cursor.MoveNext());
        foreach (var getter in getters) { getter(ref value); }

        Assert.Equal(1, row.Reads);
    }

    [Fact]
    public void Takes_a_matte_as_picture_or_as_numbers()
    {
        using var matte = MLImage.CreateFromPixels(3, 1, MLPixelFormat.Bgra32, [0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255]);
        var data = _ml.Data.LoadFromEnumerable([new ComparedRow { Depth = DepthOf(3, 1, 4, 1, 4), Matte = matte, Alpha = [0, 1, 0] }]);
        foreach (var column in new[] { "Matte", "Alpha" })
        {
            var view = _ml.Transforms.CompareDepth("C", "Depth", options: new() { MaskColumnName = column }).Fit(data).Transform(data);
            Assert.Equal(MaskBoundaryMetrics.Of(DepthOf(3, 1, 4, 1, 4), [0, 1, 0]).Recall, view.Only<double>("C.MaskBoundaryRecall"));
            Assert.Equal(0.5, view.Only<double>("C.MaskBoundaryRecall"), 1e-12); // two of four directions
            Assert.Equal(3L, view.Only<long>("C.ValidPixels"));
        }
    }

    [Theory]
    [InlineData("Matte")]
    [InlineData("Alpha")]
    public void Counts_only_the_pixels_of_the_valid_mask(string column)
    {
        using var mask = MLImage.CreateFromPixels(3, 1, MLPixelFormat.Bgra32, [9, 9, 9, 255, 0, 0, 0, 255, 255, 255, 255, 255]);
        var data = _ml.Data.LoadFromEnumerable([new ComparedRow { Depth = DepthOf(3, 1, 1, 5, 1), Truth = Map(3, 1, 1), Matte = mask, Alpha = [1, float.NaN, 0.5f] }]);

        var view = _ml.Transforms.CompareDepth("C", "Depth", "Truth", new() { ValidMaskColumnName = column }).Fit(data).Transform(data);

        Assert.Equal((2L, 0.0), (view.Only<long>("C.ValidPixels"), view.Only<double>("C.AbsRel")));
    }

    [Theory]
    [InlineData("Matte", "Column 'Matte', row 0 is 1 x 3 pixels; expected 3 x 1, as the prediction")]
    [InlineData("Alpha", "Column 'Alpha', row 0 holds 2 values; expected 3 x 1 = 3")]
    public void Names_a_mask_that_does_not_fit(string column, string message)
    {
        using var matte = MLImage.CreateFromPixels(1, 3, MLPixelFormat.Bgra32, new byte[12]);
        var data = _ml.Data.LoadFromEnumerable([new ComparedRow { Depth = Map(3, 1, 1), Matte = matte, Alpha = [0, 1] }]);
        var view = _ml.Transforms.CompareDepth("C", "Depth", options: new() { MaskColumnName = column }).Fit(data).Transform(data);
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => view.Only<double>("C.MaskBoundaryRecall")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_row_without_a_map()
    {
        var data = _ml.Data.LoadFromEnumerable([new ComparedRow { Depth = Map(1, 1, 1) }]);
        var view = _ml.Transforms.CompareDepth("C", "Depth", "Truth").Fit(data).Transform(data);
        Assert.StartsWith("Column 'Truth', row 0 holds no depth map", Assert.Throws<InvalidDataException>(() => view.Only<double>("C.AbsRel")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_cannot_be_compared_where_it_is_typed()
    {
        Assert.Contains("compared with nothing", Assert.Throws<ArgumentException>(() => _ml.Transforms.CompareDepth("C", "Depth")).Message, StringComparison.Ordinal);
        Assert.Contains("Depth range is 3 to 2 m", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.CompareDepth("C", "Depth", "Truth", new() { Depth = new() { MinDepth = 3, MaxDepth = 2 } })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.CompareDepth("C", "Depth", "Truth", new() { Boundary = new() { MinThreshold = 0.5 } }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Comes_back_from_a_saved_pipeline(bool boundaries)
    {
        using var folder = new TemporaryFolder();
        var data = _ml.Data.LoadFromEnumerable([new ComparedRow { Depth = Map(3, 2, 3), Truth = DepthOf(3, 2, 1, 2, 3, 1, 2, 3) }]);
        var options = new DepthEvaluationOptions { Depth = new() { MaxDepth = 2.5f, Alignment = DepthAlignment.Median }, Boundary = boundaries ? new() { PoolDirections = true } : null };
        var model = _ml.Transforms.CompareDepth("C", "Depth", "Truth", options).Fit(data);

        _ml.Model.Save(model, null, folder["model.zip"]); // depth maps are no type that ML.NET saves in a schema
        var loaded = new MLContext().Model.Load(folder["model.zip"], out _);

        var (expected, got) = (model.Transform(data), loaded.Transform(data));
        Assert.Equal(expected.Schema.Select(column => column.Name), got.Schema.Select(column => column.Name));
        Assert.Equal((4L, expected.Only<double>("C.SqRel")), (got.Only<long>("C.ValidPixels"), got.Only<double>("C.SqRel")));
        if (boundaries) { Assert.Equal(expected.Only<double>("C.BoundaryF1"), got.Only<double>("C.BoundaryF1")); }
    }

    internal static DepthMap Map(int width, int height, float meters) => new(width, height, Enumerable.Repeat(meters, width * height).ToArray(), float.NaN, FocalLengthSource.Unknown);

    internal static DepthMap DepthOf(int width, int height, params float[] meters) => new(width, height, meters, float.NaN, FocalLengthSource.Unknown);

    private static DepthMap Known(DepthMap? map) => map ?? throw new InvalidOperationException("The test has no map.");

    private sealed class CountingRow
    {
        private int _reads;

        internal int Reads => _reads;

        public DepthMap Depth
        {
            get
            {
                _reads++;
                return Map(4, 4, 2);
            }
        }

        public DepthMap Truth => Map(4, 4, 1);
    }
}

internal sealed class ComparedRow
{
    public DepthMap? Depth { get; set; }

    public DepthMap? Truth { get; set; }

    public MLImage? Matte { get; set; }

    public float[] Alpha { get; set; } = [];
}
