using Microsoft.ML;

namespace DepthPro.Estimators.Tests;

public sealed class PredictionEngineTests
{
    private readonly MLContext _ml = new();

    [Fact]
    public void Takes_images_of_any_size_and_gives_depth_maps()
    {
        using var wide = TestData.Picture(60, 20);
        using var tall = TestData.Picture(20, 40, blue: 10);
        var data = _ml.Data.LoadFromEnumerable(Array.Empty<ImageRow>());
        var transformer = _ml.Transforms.EstimateDepth("Depth", "Image", "FocalLength").Fit(data);
        var engine = _ml.Model.CreatePredictionEngine<ImageRow, DepthRow>(transformer);
        var depths = new[] { wide, tall, wide }.Select(image => engine.Predict(new() { Image = image, FocalLength = 30 }).Depth).OfType<DepthMap>().ToList();
        Assert.Equal([(60, 20), (20, 40), (60, 20)], depths.Select(d => (d.Width, d.Height)));
        Assert.Equal(FreshProcess.Describe(depths[0]), FreshProcess.Describe(depths[2]));
        Assert.Equal(3, transformer.Runs);
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Predict(new() { Image = wide }));
    }

    [Fact]
    public void Shares_one_network_between_engines_that_do_not_own_it()
    {
        using var image = TestData.Picture(20, 20);
        var data = _ml.Data.LoadFromEnumerable(Array.Empty<ImageRow>());
        using var transformer = _ml.Transforms.EstimateDepth("Depth", "Image").Fit(data);
        for (var i = 0; i < 2; i++)
        {
            using var engine = _ml.Model.CreatePredictionEngine<ImageRow, DepthRow>(transformer, new PredictionEngineOptions { OwnsTransformer = false });
            Assert.Equal(20, engine.Predict(new() { Image = image }).Depth?.Width);
        }
        Assert.Equal(2, transformer.Runs);
    }

    [Fact]
    public void Loads_photos_in_a_chain()
    {
        var data = TestData.Paths(_ml);
        var chain = _ml.Transforms.LoadPhotos("Image", null, "Path", "F").Append(_ml.Transforms.EstimateDepth("Depth", "Image", "F")).Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<PathRow, DepthRow>(chain);
        Assert.Equal([200, 90], TestData.TwoPhotos.Select(path => engine.Predict(new() { Path = path }).Depth?.Width ?? 0));
        Assert.Equal(FocalLengthSource.Exif35mm, engine.Predict(new() { Path = TestData.ExifPhoto }).Depth?.FocalLengthSource);
    }
}
