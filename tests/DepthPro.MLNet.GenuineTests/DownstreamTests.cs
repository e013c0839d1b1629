using System.Collections.Concurrent;
using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

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
        var pipeline = Numbers()
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

    [Theory]
    [InlineData("MeanVariance")]
    [InlineData("LogMeanVariance")]
    [InlineData("Binning")]
    [InlineData("RobustScaling")]
    public void Normalizes_outputs(string normalizer)
    {
        var data = Photos();
        using var model = Numbers().Append(normalizer switch
        {
            "MeanVariance" => _ml.Transforms.NormalizeMeanVariance("Features"),
            "LogMeanVariance" => _ml.Transforms.NormalizeLogMeanVariance("Features"),
            "Binning" => _ml.Transforms.NormalizeBinning("Features"),
            _ => _ml.Transforms.NormalizeRobustScaling("Features"),
        }).Fit(data);
        Assert.All(model.Transform(data).GetColumn<float[]>("Features"), features => Assert.All(features, value => Assert.True(float.IsFinite(value), $"A feature is {value}.")));
    }

    [Fact]
    public void Trains_on_several_threads()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(Rows(), 4).SelectMany(rows => rows));
        using var clusters = Numbers().Append(_ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = 2, NumberOfThreads = 4, MaximumNumberOfIterations = 4 })).Fit(data);
        Assert.Equal(12, clusters.Transform(data).GetColumn<uint>("PredictedLabel").Count(label => label is 1 or 2));
        using var regression = Numbers().AppendCacheCheckpoint(_ml).Append(_ml.Transforms.NormalizeMinMax("Features"))
            .Append(_ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 4, MaximumNumberOfIterations = 10 })).Fit(data);
        Assert.All(regression.Transform(data).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score), $"Score is {score}."));
    }

    [Fact]
    public void Reads_the_cursor_set_of_a_text_file_on_several_threads()
    {
        List<string> paths = [.. Enumerable.Range(0, 200).Select(i => Rows()[i % 3].Path)];
        File.WriteAllLines(_folder["photos.tsv"], paths);
        var data = _ml.Data.LoadFromTextFile(_folder["photos.tsv"], [new TextLoader.Column("Path", DataKind.String, 0)]);
        using var loading = _ml.Transforms.LoadPhotos("Image", null, "Path", "FocalLength").Append(_ml.Transforms.PrepareDepthInput("Input", "Image")).Fit(data);
        var view = loading.Transform(data);
        var cursors = view.GetRowCursorSet([view.Schema["Path"], view.Schema["Input"]], 4);
        var found = new ConcurrentQueue<(string Path, float First)>();
        Threads.Together(cursors.Length, thread =>
        {
            using var cursor = cursors[thread];
            var (getPath, getInput) = (cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Path"]), cursor.GetGetter<VBuffer<float>>(view.Schema["Input"]));
            var (path, input) = (default(ReadOnlyMemory<char>), default(VBuffer<float>));
            while (cursor.MoveNext())
            {
                getPath(ref path);
                getInput(ref input);
                found.Enqueue((path.ToString(), input.GetItemOrDefault(input.Length / 2)));
            }
        });
        Assert.True(cursors.Length > 1, $"ML.NET gave {cursors.Length} cursor.");
        Assert.Equal(paths.Order(), found.Select(row => row.Path).Order());
        Assert.All(found.GroupBy(row => row.Path), photo => Assert.Single(photo.Select(row => row.First).Distinct()));
        Assert.Equal(3, found.Select(row => row.First).Distinct().Count());
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

    private EstimatorChain<ColumnConcatenatingTransformer> Numbers() => _ml.Transforms.LoadPhotos("Image", null, "Path")
        .Append(_ml.Transforms.EstimateDepth(new DepthEstimationOptions
        {
            OutputColumnName = "Depth",
            InputColumnName = "Image",
            FieldOfViewOutputColumnName = "FieldOfView",
            FocalLengthOutputColumnName = "Pixels",
        }))
        .Append(_ml.Transforms.Concatenate("Features", "FieldOfView", "Pixels"));

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
