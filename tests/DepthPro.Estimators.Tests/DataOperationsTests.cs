using System.Collections.Concurrent;
using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

/// <summary>Depth columns under what ML.NET does with data; every depth must stay with its photo.</summary>
public sealed class DataOperationsTests : IDisposable
{
    private static readonly string[] Photos = [.. TestData.TwoPhotos, TestData.ExifPhoto, TestData.PlainPhoto];

    private readonly MLContext _ml = new(seed: 1);
    private readonly TransformerChain<DepthEstimationTransformer> _pipeline;

    public DataOperationsTests() => _pipeline = _ml.Transforms.LoadPhotos("Image", null, "Path")
        .Append(_ml.Transforms.EstimateDepth("Depth", "Image")).Fit(TestData.Paths(_ml));

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void Cache_runs_the_network_once_per_row()
    {
        var cached = _ml.Data.Cache(Depths(Photos), "Depth");
        Assert.Equal(cached.GetColumn<DepthMap>("Depth"), cached.GetColumn<DepthMap>("Depth"));
        Assert.Equal(Photos.Length, _pipeline.LastTransformer.Runs);
    }

    [Fact]
    public void TakeRows_and_SkipRows_run_the_network_for_no_other_rows()
    {
        var depths = Depths(["not there.png", .. Photos, "nor there.png"]);
        Assert.Equal(2, _ml.Data.TakeRows(_ml.Data.SkipRows(depths, 1), 2).GetColumn<DepthMap>("Depth").Count());
        Assert.Equal(2, _pipeline.LastTransformer.Runs);
    }

    [Fact]
    public void ShuffleRows_keeps_each_depth_with_its_photo()
    {
        var shuffled = _ml.Data.ShuffleRows(Depths([.. Photos, .. Photos]), seed: 1);
        var rows = _ml.Data.CreateEnumerable<Row>(shuffled, reuseRowObject: false).ToList();
        Assert.Equal(2 * Photos.Length, rows.Count);
        var expected = Expected();
        Assert.All(rows, row => Assert.Equal(expected[row.Path], Describe(row.Depth)));
    }

    [Fact]
    public void Cursor_set_keeps_each_depth_with_its_photo_on_several_threads()
    {
        var view = _pipeline.Transform(new SplitDataView(TestData.Paths(_ml, [.. Photos, .. Photos])));
        var cursors = view.GetRowCursorSet([view.Schema["Path"], view.Schema["Depth"]], 4);
        var found = new ConcurrentQueue<(string Path, string Depth)>();
        Threads.Together(cursors.Length, thread =>
        {
            using var cursor = cursors[thread];
            var (getPath, getDepth) = (cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Path"]), cursor.GetGetter<DepthMap?>(view.Schema["Depth"]));
            var (path, depth) = (default(ReadOnlyMemory<char>), default(DepthMap));
            while (cursor.MoveNext())
            {
                getPath(ref path);
                getDepth(ref depth);
                found.Enqueue((path.ToString(), Describe(depth)));
            }
        });
        Assert.Equal(4, cursors.Length);
        Assert.Equal(2 * Photos.Length, _pipeline.LastTransformer.Runs);
        Assert.Equal(2 * Photos.Length, found.Count);
        var expected = Expected();
        Assert.All(found, row => Assert.Equal(expected[row.Path], row.Depth));
    }

    [Fact]
    public void Eight_engines_at_once_share_the_one_network_of_a_loaded_pipeline()
    {
        using var saved = new MemoryStream();
        _ml.Model.Save(_pipeline, TestData.Paths(_ml).Schema, saved);
        saved.Position = 0;
        using var loaded = Assert.IsType<TransformerChain<ITransformer>>(new MLContext().Model.Load(saved, out _));
        var found = new ConcurrentQueue<(string Path, string Depth)>();
        Threads.Together(8, thread =>
        {
            using var engine = _ml.Model.CreatePredictionEngine<PathRow, DepthRow>(loaded, new PredictionEngineOptions { OwnsTransformer = false });
            for (var i = 0; i < Photos.Length; i++)
            {
                var path = Photos[(thread + i) % Photos.Length];
                found.Enqueue((path, Describe(engine.Predict(new() { Path = path }).Depth)));
            }
        });
        var expected = Expected();
        Assert.All(found, row => Assert.Equal(expected[row.Path], row.Depth));
        // A transformer counts the runs of the network that it holds: of a second one there would be fewer.
        Assert.Equal(8 * Photos.Length, loaded.OfType<DepthEstimationTransformer>().Single().Runs);
    }

    private IDataView Depths(string[] photos) => _pipeline.Transform(TestData.Paths(_ml, photos));

    private static Dictionary<string, string> Expected()
    {
        using var network = DepthNetwork.Open();
        return Photos.ToDictionary(path => path, path => Describe(network.Estimate(Photo.FromImage(Photo.FromFile(path).ToImage()))));
    }

    private static string Describe(DepthMap? depth) => depth is null ? "no depth" : FreshProcess.Describe(depth);

    private sealed class Row
    {
        public string Path { get; set; } = "";

        public DepthMap? Depth { get; set; }
    }
}
