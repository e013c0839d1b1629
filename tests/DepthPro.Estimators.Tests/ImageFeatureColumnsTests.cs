using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

/// <summary>The image encoder's tokens as columns.</summary>
public sealed class ImageFeatureColumnsTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Are_what_the_network_gives_in_one_run_per_row(bool savedAndLoaded)
    {
        var images = Images();
        using var model = _ml.Transforms.EstimateDepth(Options()).Fit(images);
        if (savedAndLoaded) { _ml.Model.Save(model, null, _folder["model.zip"]); }
        var loaded = savedAndLoaded ? new MLContext().Model.Load(_folder["model.zip"], out _) : model;
        var transformer = Assert.IsType<DepthEstimationTransformer>(loaded is IEnumerable<ITransformer> chain ? chain.Single() : loaded);
        using var network = DepthNetwork.Open();

        var rows = _ml.Data.CreateEnumerable<FeatureRow>(transformer.Transform(images), reuseRowObject: false).ToList();

        Assert.Equal(2, transformer.Runs);
        foreach (var (row, path) in rows.Zip(TestData.TwoPhotos))
        {
            var (depth, features) = network.EstimateWithFeatures(Photo.FromFile(path));
            Assert.Equal(FreshProcess.Describe(depth), FreshProcess.Describe(row.Depth ?? throw new InvalidOperationException("No depth.")));
            Assert.Equal(features.ClassToken.ToArray(), row.ClassToken);
            Assert.Equal(features.PooledTokens.ToArray(), row.PooledTokens);
            Assert.Equal(features.TokenGrid.ToArray(), row.TokenGrid);
        }
        transformer.Dispose();
    }

    [Fact]
    public void Have_the_networks_sizes()
    {
        var data = _ml.Data.LoadFromEnumerable(Array.Empty<ImageRow>());
        var (grid, width) = (DepthProModel.Demo.TokenGrid, DepthProModel.Demo.TokenWidth);
        using var model = _ml.Transforms.EstimateDepth(Options()).Fit(data);
        var schema = model.GetOutputSchema(data.Schema);
        Assert.Equal(["ClassToken", "PooledTokens", "TokenGrid"], schema.Skip(schema.Count - 3).Select(column => column.Name));
        Assert.Equal($"Vector<Single, {width}>", $"{schema["ClassToken"].Type}");
        Assert.Equal($"Vector<Single, {width}>", $"{schema["PooledTokens"].Type}");
        Assert.Equal($"Vector<Single, {grid}, {grid}, {width}>", $"{schema["TokenGrid"].Type}");
    }

    [Fact]
    public void Come_from_ScoreDepthPro_too()
    {
        var images = Images();
        using var model = _ml.Transforms.PrepareDepthInput("Input", "Image")
            .Append(_ml.Transforms.ScoreDepthPro(new DepthScoringOptions { OutputColumnName = "Inverse", InputColumnName = "Input", PooledTokensOutputColumnName = "Pooled" }))
            .Append(_ml.Transforms.EstimateDepth(Options())).Fit(images);
        var view = model.Transform(images);
        Assert.Equal(view.GetColumn<float[]>("PooledTokens"), view.GetColumn<float[]>("Pooled"));
    }

    [Theory]
    [InlineData("estimate", "Grid")]
    [InlineData("score", "Grid")]
    public void Are_refused_where_they_are_typed_of_a_model_that_does_not_give_them(string kind, string column)
    {
        var whole = TestData.MicroModel(_folder["whole"], singleFile: true);
        var onnx = File.ReadAllBytes(Path.Combine(whole.Path ?? "", "depth_pro.onnx"));
        for (int at; (at = onnx.AsSpan().IndexOf("image_tokens"u8)) >= 0;) { onnx[at] = (byte)'x'; }
        File.WriteAllBytes(_folder["foreign.onnx"], onnx);
        foreach (var data in Directory.GetFiles(whole.Path ?? "", "*.data")) { File.Copy(data, _folder[Path.GetFileName(data)]); }
        var model = DepthProModel.Open(_folder["foreign.onnx"]);

        var error = Assert.Throws<ArgumentException>(() => kind == "estimate"
            ? (object)_ml.Transforms.EstimateDepth(new DepthEstimationOptions { OutputColumnName = "Depth", InputColumnName = "Image", TokenGridOutputColumnName = column, Model = model })
            : _ml.Transforms.ScoreDepthPro(new DepthScoringOptions { OutputColumnName = "C", InputColumnName = "Input", TokenGridOutputColumnName = column, Model = model }));

        foreach (var part in new[] { "'foreign.onnx'", $"'{column}'", "'image_tokens'", "depthpro convert" }) { Assert.Contains(part, error.Message, StringComparison.Ordinal); }
        using var images = _ml.Transforms.EstimateDepth("Depth", "Image", model: model).Fit(_ml.Data.LoadFromEnumerable(Array.Empty<ImageRow>())); // without them it is as good as ever
    }

    [Fact]
    public void Need_names_of_their_own() =>
        Assert.Contains("Two output columns are named 'Depth'", Assert.Throws<ArgumentException>(() =>
            _ml.Transforms.EstimateDepth(new DepthEstimationOptions { OutputColumnName = "Depth", InputColumnName = "Image", ClassTokenOutputColumnName = "Depth" })).Message);

    public void Dispose() => _folder.Dispose();

    private IDataView Images()
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos);
        return _ml.Transforms.LoadPhotos("Image", null, "Path").Fit(data).Transform(data);
    }

    private static DepthEstimationOptions Options() => new()
    {
        OutputColumnName = "Depth",
        InputColumnName = "Image",
        ClassTokenOutputColumnName = "ClassToken",
        PooledTokensOutputColumnName = "PooledTokens",
        TokenGridOutputColumnName = "TokenGrid",
    };

    private sealed class FeatureRow
    {
        public DepthMap? Depth { get; set; }

        public float[] ClassToken { get; set; } = [];

        public float[] PooledTokens { get; set; } = [];

        public float[] TokenGrid { get; set; } = [];
    }
}
