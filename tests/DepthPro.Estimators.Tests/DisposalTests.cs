using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class DisposalTests
{
    private readonly MLContext _ml = new();

    [Fact]
    public void Frees_the_network_when_the_chain_is_disposed()
    {
        using var image = TestData.Picture(40, 30);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = image }]);
        var chain = _ml.Transforms.EstimateDepth("Depth", "Image").Append(_ml.Transforms.CopyColumns("Copy", "Depth")).Fit(data);
        var view = chain.Transform(data);
        Assert.Equal(40, view.Only<DepthMap>("Copy").Width);
        chain.Dispose();
        chain.Dispose();
        Assert.Throws<ObjectDisposedException>(() => view.Only<DepthMap>("Depth"));
        Assert.Throws<ObjectDisposedException>(() => chain.Transform(data));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reaches_every_network_of_a_chain_in_a_chain(bool loaded)
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos[0]);
        var inner = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.EstimateDepth("Depth", "Image"));
        ITransformer chain = _ml.Transforms.CopyColumns("File", "Path").Append(inner)
            .Append(_ml.Transforms.PrepareDepthInput("Input", "Image")).Append(_ml.Transforms.ScoreDepthPro("Inverse", "Input")).Fit(data);
        if (loaded) { chain = SavedAndLoaded(chain, data.Schema); }
        var view = chain.Transform(data);
        Assert.Equal(200, view.Only<DepthMap>("Depth").Width);
        Assert.NotEmpty(view.Only<float[]>("Inverse"));
        (chain as IDisposable)?.Dispose();
        Assert.Throws<ObjectDisposedException>(() => view.Only<DepthMap>("Depth"));
        Assert.Throws<ObjectDisposedException>(() => view.Only<float[]>("Inverse"));
    }

    [Fact]
    public void Waits_for_the_rows_that_other_threads_are_reading()
    {
        var data = TestData.Paths(_ml, [.. TestData.TwoPhotos, .. TestData.TwoPhotos]);
        var chain = _ml.Transforms.LoadPhotos("Image", null, "Path").Append(_ml.Transforms.EstimateDepth("Depth", "Image")).Fit(data);
        var view = chain.Transform(data);
        Threads.Together(4, thread =>
        {
            if (thread == 0)
            {
                SpinWait.SpinUntil(() => chain.LastTransformer.Runs > 3);
                chain.Dispose();
                return;
            }
            void ReadForever()
            {
                while (true) { Assert.All(view.GetColumn<DepthMap>("Depth"), depth => Assert.True(depth.Median > 0)); }
            }
            Assert.Throws<ObjectDisposedException>(ReadForever);
        });
    }

    private ITransformer SavedAndLoaded(ITransformer model, DataViewSchema schema)
    {
        using var file = new MemoryStream();
        _ml.Model.Save(model, schema, file);
        file.Position = 0;
        (model as IDisposable)?.Dispose();
        return _ml.Model.Load(file, out _);
    }
}
