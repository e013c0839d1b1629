using DepthPro.Network;
using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.MLNet.GenuineTests;

/// <summary>Our columns before and after those parts of ML.NET that the stand-in does not have.</summary>
public sealed class DownstreamTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Trains_a_regression_on_normalized_outputs()
    {
        var data = Photos();
        var pipeline = _ml.Transforms.LoadPhotos("Image", null, "Path")
            .Append(_ml.Transforms.EstimateDepth(new DepthEstimationOptions
            {
                OutputColumnName = "Depth",
                InputColumnName = "Image",
                FieldOfViewOutputColumnName = "FieldOfView",
                FocalLengthOutputColumnName = "Pixels",
            }))
            .Append(_ml.Transforms.Concatenate("Features", "FieldOfView", "Pixels"))
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.NormalizeMinMax("Features"))
            .Append(_ml.Regression.Trainers.OnlineGradientDescent());
        using var model = pipeline.Fit(data);
        _ml.Model.Save(model, data.Schema, _folder["model.zip"]);
        var loaded = new MLContext().Model.Load(_folder["model.zip"], out _);
        var scores = model.Transform(data).GetColumn<float>("Score").ToList();
        Assert.All(scores, score => Assert.True(float.IsFinite(score), $"Score is {score}."));
        Assert.Equal(scores, loaded.Transform(data).GetColumn<float>("Score"));
        (loaded as IDisposable)?.Dispose();
    }

    [Fact]
    public void Lets_ApplyOnnxModel_stand_between_preparing_and_converting()
    {
        var config = ModelManifest.Read(Goldens.PathOf("micro", "network.json")).Network;
        DepthProModel Convert(string name, bool singleFile) =>
            ModelConverter.Convert(Goldens.PathOf("micro", "depth_pro.pt"), _folder[name], new ConversionOptions { Config = config, SingleFile = singleFile });
        var (parts, whole) = (Convert("parts", singleFile: false), Convert("whole", singleFile: true));
        var data = Photos();
        var pipeline = _ml.Transforms.LoadPhotos("Image", null, "Path")
            .Append(_ml.Transforms.PrepareDepthInput("pixel_values", "Image", whole))
            .Append(_ml.Transforms.ApplyOnnxModel(["canonical_inverse_depth", "field_of_view_degrees"], ["pixel_values"], _folder["whole/depth_pro.onnx"]))
            .Append(_ml.Transforms.ConvertToMetricDepth("Depth", "canonical_inverse_depth", "Image", fieldOfView: "field_of_view_degrees"))
            .Append(_ml.Transforms.EstimateDepth("Ours", "Image", model: parts));
        using var model = pipeline.Fit(data);
        var view = model.Transform(data);
        foreach (var (depth, ours) in view.GetColumn<DepthMap>("Depth").Zip(view.GetColumn<DepthMap>("Ours")))
        {
            Assert.Equal((ours.Width, ours.Height), (depth.Width, depth.Height));
            Assert.Equal(ours.FocalLengthPixels, depth.FocalLengthPixels, ours.FocalLengthPixels * 1e-4);
            Assert.Equal(ours.Median, depth.Median, ours.Median * 1e-3);
        }
    }

    [Fact]
    public void Filters_rows_without_photos_and_saves_the_rest_as_binary()
    {
        var data = _ml.Data.LoadFromEnumerable([new Row { Path = "" }, .. Rows()]);
        var filtered = _ml.Data.FilterByCustomPredicate(data, (Row row) => row.Path.Length == 0);
        using var model = _ml.Transforms.LoadPhotos("Image", null, "Path")
            .Append(_ml.Transforms.EstimateDepth(new DepthEstimationOptions { OutputColumnName = "Depth", InputColumnName = "Image", FieldOfViewOutputColumnName = "FieldOfView" }))
            .Append(_ml.Transforms.DropColumns("Image")).Fit(filtered);
        var view = model.Transform(filtered);
        using (var file = File.Create(_folder["rows.bin"])) { _ml.Data.SaveAsBinary(view, file); }
        var saved = _ml.Data.LoadFromBinary(_folder["rows.bin"]);
        Assert.Equal(view.GetColumn<float>("FieldOfView"), saved.GetColumn<float>("FieldOfView"));
        Assert.DoesNotContain("Depth", saved.Schema.Select(c => c.Name));
    }

    [Fact]
    public void Takes_images_that_ML_NET_resized()
    {
        var data = Photos();
        using var model = _ml.Transforms.LoadImages("Image", "", "Path")
            .Append(_ml.Transforms.ResizeImages("Small", 48, 32, "Image"))
            .Append(_ml.Transforms.EstimateDepth("Depth", "Small")).Fit(data);
        Assert.All(model.Transform(data).GetColumn<DepthMap>("Depth"), depth => Assert.Equal((48, 32), (depth.Width, depth.Height)));
    }

    public void Dispose() => _folder.Dispose();

    private IDataView Photos() => _ml.Data.LoadFromEnumerable(Rows());

    private static List<Row> Rows() =>
    [
        new() { Path = Goldens.PathOf("micro", "a_200x150.png"), Label = 1 },
        new() { Path = Goldens.PathOf("micro", "d_90x160.png"), Label = 2 },
        new() { Path = Goldens.PathOf("micro", "b_333x217.png"), Label = 3 },
    ];

    private sealed class Row
    {
        public string Path { get; set; } = "";

        public float Label { get; set; }
    }
}
