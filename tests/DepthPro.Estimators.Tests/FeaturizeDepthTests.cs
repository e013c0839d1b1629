using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class FeaturizeDepthTests
{
    private readonly MLContext _ml = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gives_each_rows_features(bool scaleFree)
    {
        DepthMap[] maps = [CompareDepthTests.DepthOf(3, 2, 1, 2, 3, 4, 5, float.NaN), CompareDepthTests.Map(40, 30, 7)];
        var data = Rows(maps);
        var options = new DepthFeatureOptions { ScaleFree = scaleFree };

        var view = _ml.Transforms.FeaturizeDepth("Features", "Depth", options).Fit(data).Transform(data);

        Assert.Equal(maps.Select(map => DepthFeatures.Of(map, options)), view.GetColumn<float[]>("Features"));
    }

    [Fact]
    public void Names_its_slots_where_ML_NET_looks_for_them()
    {
        var data = Rows(CompareDepthTests.Map(4, 3, 2));
        var estimator = _ml.Transforms.FeaturizeDepth("Depth");

        var column = estimator.Fit(data).GetOutputSchema(data.Schema)["Depth"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, DepthFeatures.Count), column.Type);
        Assert.True(column.HasSlotNames());
        Assert.Equal(DepthFeatures.SlotNames(), names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Promises_the_names_before_it_is_fitted()
    {
        var shape = Ml(_ml.Transforms.FeaturizeDepth("Features", "Depth")).Single(column => column.Name == "Features");
        Assert.Contains(shape.Annotations, annotation => annotation.Name == "SlotNames");
    }

    [Fact]
    public void Keeps_the_names_when_columns_are_joined()
    {
        var data = Rows(CompareDepthTests.Map(4, 3, 2));
        var view = _ml.Transforms.FeaturizeDepth("Metric", "Depth")
            .Append(_ml.Transforms.FeaturizeDepth("Free", "Depth", new() { ScaleFree = true }))
            .Append(_ml.Transforms.Concatenate("Features", "Metric", "Free")).Fit(data).Transform(data);
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Features"].GetSlotNames(ref names);
        Assert.Equal(2 * DepthFeatures.Count, names.Length);
        Assert.Equal("Metric.KnownShare", names.GetItemOrDefault(0).ToString());
        Assert.Equal($"Free.{DepthFeatures.SlotNames()[^1]}", names.GetItemOrDefault(names.Length - 1).ToString());
    }

    [Fact]
    public void Names_the_row_without_a_known_depth_or_without_a_map()
    {
        var data = Rows(CompareDepthTests.Map(4, 3, 2), CompareDepthTests.Map(5, 6, float.NaN));
        var view = _ml.Transforms.FeaturizeDepth("Features", "Depth").Fit(data).Transform(data);
        var error = Assert.Throws<InvalidDataException>(() => view.GetColumn<float[]>("Features").ToList());
        foreach (var part in new[] { "Column 'Depth', row 1, 5 x 6 pixels", "is unknown at all", "FilterByCustomPredicate" }) { Assert.Contains(part, error.Message, StringComparison.Ordinal); }

        var none = _ml.Data.LoadFromEnumerable([new DepthRow()]);
        var missing = Assert.Throws<InvalidDataException>(() => _ml.Transforms.FeaturizeDepth("Features", "Depth").Fit(none).Transform(none).Only<float[]>("Features"));
        Assert.StartsWith("Column 'Depth', row 0 holds no depth map", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comes_back_from_a_saved_pipeline()
    {
        using var folder = new TemporaryFolder();
        var data = Rows(CompareDepthTests.DepthOf(3, 2, 1, 2, 3, 4, 5, 6));
        var model = _ml.Transforms.FeaturizeDepth("Features", "Depth", new() { ScaleFree = true }).Fit(data);

        _ml.Model.Save(model, null, folder["model.zip"]);
        var loaded = new MLContext().Model.Load(folder["model.zip"], out _).Transform(data);

        Assert.Equal(model.Transform(data).Only<float[]>("Features"), loaded.Only<float[]>("Features"));
        VBuffer<ReadOnlyMemory<char>> names = default;
        loaded.Schema["Features"].GetSlotNames(ref names);
        Assert.Equal("LogRatioPercentile05", names.GetItemOrDefault(1).ToString());
    }

    private IDataView Rows(params DepthMap[] maps) => _ml.Data.LoadFromEnumerable(maps.Select(map => new DepthRow { Depth = map }).ToList());

    private SchemaShape Ml(IEstimator<ITransformer> estimator) =>
        estimator.GetOutputSchema(DepthPro.Rows.SchemaShapes.Append(new([]), [new("Depth", DepthMapDataViewType.Instance)]));
}
