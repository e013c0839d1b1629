using System.Reflection;
using DepthPro.Network;
using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.MLNet.GenuineTests;

/// <summary>ML.NET's own scoring between our first and last step.</summary>
public sealed class ApplyOnnxModelTests : IDisposable
{
    private readonly MLContext _ml = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sample_finds_that_it_agrees_with_EstimateDepth()
    {
        var main = Assembly.Load("ApplyOnnxModel").EntryPoint ?? throw new InvalidOperationException("The sample has no entry point.");
        Assert.Equal(0, main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gives_the_depths_of_EstimateDepth(bool savedAndLoaded)
    {
        var config = ModelManifest.Read(Goldens.PathOf("micro", "network.json")).Network;
        DepthProModel Convert(string name, bool singleFile) =>
            ModelConverter.Convert(Goldens.PathOf("micro", "depth_pro.pt"), _folder[name], new ConversionOptions { Config = config, SingleFile = singleFile });
        var (parts, whole) = (Convert("parts", singleFile: false), Convert("whole", singleFile: true));
        var data = _ml.Data.LoadFromEnumerable(new[] { "a_200x150.png", "d_90x160.png" }.Select(name => new Row { Path = Goldens.PathOf("micro", name) }).ToList());
        var pipeline = _ml.Transforms.LoadPhotos("Image", null, "Path")
            .Append(_ml.Transforms.PrepareDepthInput("pixel_values", "Image", whole))
            .Append(_ml.Transforms.ApplyOnnxModel(["canonical_inverse_depth", "field_of_view_degrees"], ["pixel_values"], _folder["whole/depth_pro.onnx"]))
            .Append(_ml.Transforms.ConvertToMetricDepth("Depth", "canonical_inverse_depth", "Image", fieldOfView: "field_of_view_degrees"))
            .Append(_ml.Transforms.EstimateDepth("Expected", "Image", model: parts));
        using var fitted = pipeline.Fit(data);
        _ml.Model.Save(fitted, data.Schema, _folder["model.zip"]);
        var model = savedAndLoaded ? new MLContext().Model.Load(_folder["model.zip"], out _) : fitted;
        foreach (var row in _ml.Data.CreateEnumerable<Depths>(model.Transform(data), reuseRowObject: false)) { AssertAgree(row.Expected, row.Depth); }
        (model as IDisposable)?.Dispose();
    }

    private static void AssertAgree(DepthMap? expected, DepthMap? depth)
    {
        Assert.NotNull(expected);
        Assert.NotNull(depth);
        Assert.Equal((expected.Width, expected.Height), (depth.Width, depth.Height));
        Assert.Equal(expected.FocalLengthPixels, depth.FocalLengthPixels, expected.FocalLengthPixels * 1e-4);
        var errors = expected.Meters.ToArray().Zip(depth.Meters.ToArray(), (wanted, got) => Math.Abs(got - (double)wanted) / wanted).ToList();
        var worst = errors.IndexOf(errors.Max());
        Assert.True(errors[worst] <= 1e-4, $"Worst at {worst}: got {depth.Meters[worst]}, expected {expected.Meters[worst]}.");
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }

    private sealed class Depths
    {
        public DepthMap? Depth { get; set; }

        public DepthMap? Expected { get; set; }
    }
}
