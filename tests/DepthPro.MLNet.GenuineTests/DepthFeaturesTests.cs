using System.Reflection;
using DepthPro.Training.Scenes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.MLNet.GenuineTests;

/// <summary>ML.NET's trainers on depth features.</summary>
public sealed class DepthFeaturesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Sample_finds_that_they_beat_raw_pixel_statistics()
    {
        var main = Assembly.Load("DepthFeatures").EntryPoint ?? throw new InvalidOperationException("The sample has no entry point.");
        Assert.Equal(0, main.Invoke(null, [new[] { "150" }]));
    }

    [Fact]
    public void Train_a_regression_that_knows_their_names()
    {
        var scenes = _ml.Data.LoadScenes(new SceneLoadingOptions { Count = 60, Width = 96, Height = 64 });
        var data = _ml.Data.LoadFromEnumerable(scenes.GetColumn<DepthMap>("Depth").Select(depth => new LabeledRow { Depth = depth, Label = MathF.Log(depth.Median) }).ToList());
        var (train, test) = (_ml.Data.TakeRows(data, 40), _ml.Data.SkipRows(data, 40));

        var model = _ml.Transforms.FeaturizeDepth("Features", "Depth")
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.NormalizeBinning("Features", maximumBinCount: 16, fixZero: false))
            .Append(_ml.Regression.Trainers.Sdca()).Fit(train);
        var scored = model.Transform(test);

        Assert.All(scored.GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score), $"Score is {score}."));
        var metrics = _ml.Regression.Evaluate(scored);
        Assert.True(metrics.RSquared > 0.8, $"R squared is {metrics.RSquared}.");
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Features"].GetSlotNames(ref names); // normalizers hand them on
        Assert.Equal(DepthFeatures.SlotNames(), names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(DepthFeatures.Count, model.LastTransformer.Model.Weights.Count);
    }

    private sealed class LabeledRow
    {
        public DepthMap? Depth { get; set; }

        public float Label { get; set; }
    }
}
