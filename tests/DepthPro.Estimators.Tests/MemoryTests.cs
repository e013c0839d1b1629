using DepthPro.Network;
using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

/// <summary>What the process holds after much use. Each test compares the process with itself, after the first rounds have warmed it up.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly MLContext _ml = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Returns_to_its_level_in_20_rounds_of_loading_running_and_disposing()
    {
        DepthProModel.SaveDemoCheckpoint(_folder["demo.safetensors"]);
        var model = ModelConverter.Convert(_folder["demo.safetensors"], _folder["demo"]);
        var data = TestData.Paths(_ml, TestData.TwoPhotos[0]);
        using (var fitted = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.EstimateDepth("Depth", "Image", model: model)).Fit(data))
        {
            _ml.Model.Save(fitted, data.Schema, _folder["model.zip"]);
        }
        // They are kept, so that no finalizer does what Dispose should have done.
        List<ITransformer> disposed = [];
        void Round()
        {
            var loaded = _ml.Model.Load(_folder["model.zip"], out _);
            Assert.Equal(200, loaded.Transform(data).Only<DepthMap>("Depth").Width);
            Assert.IsType<IDisposable>(loaded, exactMatch: false).Dispose();
            disposed.Add(loaded);
        }

        for (var i = 0; i < 5; i++) { Round(); }
        var level = Resident();
        for (var i = 0; i < 20; i++) { Round(); }
        var grown = Resident() - level;
        // A network of this model takes some 45 MB: two forgotten ones of twenty show.
        Assert.True(grown < 60 * Megabyte, $"After 20 more rounds the process holds {grown / Megabyte} MB more than its {level / Megabyte} MB; expected less than 60 MB.");
        Assert.Equal(25, disposed.Count);
    }

    [Fact]
    public void Stays_flat_over_50_photos_of_mixed_sizes() => StaysFlat(50);

    [SlowFact]
    public void Stays_flat_over_300_photos_of_mixed_sizes() => StaysFlat(300);

    private void StaysFlat(int photos)
    {
        const int WarmUp = 20, Step = 10;
        (int Width, int Height)[] sizes = [(640, 480), (97, 31), (1280, 960), (33, 500), (800, 800), (1, 1), (1024, 300), (320, 1280), (256, 256), (960, 1281)];
        foreach (var (width, height) in sizes)
        {
            using var picture = TestData.Picture(width, height);
            picture.Save(_folder[$"{width}.png"]);
        }
        var rows = Enumerable.Range(0, photos).Select(i => new PathRow { Path = $"{sizes[i % sizes.Length].Width}.png" });
        var data = _ml.Data.LoadFromEnumerable(rows);
        using var chain = _ml.Transforms.LoadPhotos("Image", _folder.Path, "Path").Append(_ml.Transforms.EstimateDepth("Depth", "Image")).Fit(data);
        List<long> held = [];
        var count = 0;
        foreach (var depth in chain.Transform(data).GetColumn<DepthMap>("Depth"))
        {
            Assert.Equal(sizes[count % sizes.Length], (depth.Width, depth.Height));
            if (++count >= WarmUp && count % Step == 0) { held.Add(Resident()); }
        }
        Assert.Equal(photos, count);
        var grown = held.Max() - held[0];
        // As images ten photos take 17 MB: forgotten ones show after thirty.
        Assert.True(grown < 40 * Megabyte, $"From {WarmUp} photos on, every {Step}, the process held {string.Join(", ", held.Select(bytes => bytes / Megabyte))} MB; expected less than 40 MB over the first.");
    }

    // Resident memory without what the garbage collector merely has not returned yet.
    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}

/// <summary>Tests of the whole process run while no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
