using DepthPro.Training.Curriculum;
using DepthPro.Training.Data;
using DepthPro.Training.Runs;
using DepthPro.Training.Tests.Data;

namespace DepthPro.Training.Tests.Curriculum;

public sealed class DepthGraphTests
{
    private static readonly DepthLossWeights Every = new() { Mae = 1, Mse = 2, Mage = 0.5f, Male = 0.25f, Msge = 0.75f, SsiMage = 1.5f };

    [Fact]
    public void Losses_of_a_mixed_batch_are_the_plain_ones_of_its_kinds()
    {
        MadeUpSet[] sets = [Set(false, true), Set(true, true), Set(false, false), Set(true, false)];
        var (photos, losses, predictions) = Evaluate(sets, Every);

        var expected = new Dictionary<string, double>();
        void Add(string name, double value) => expected[name] = expected.GetValueOrDefault(name) + value / photos.Length;
        foreach (var (photo, prediction) in photos.Zip(predictions))
        {
            var plain = new DepthLossValue(prediction, photo.InverseDepth, [.. photo.InverseDepth.Select(c => !float.IsNaN(c))], Networks.Tiny.OutputSize);
            switch (photo.Set)
            {
                case { IsReal: true, IsMetric: true }: Add("real.mae", plain.MeanAbsoluteError(0.2f)); break;
                case { IsReal: true }: Add("real.relative.mae", plain.ScaleAndShiftInvariant().MeanAbsoluteError(0.2f)); break;
                case { IsMetric: false }:
                    Add("synthetic.relative.mae", plain.ScaleAndShiftInvariant().MeanAbsoluteError());
                    Add("synthetic.relative.ssiMage", plain.ScaleAndShiftInvariant().Mage());
                    break;
                default:
                    Add("synthetic.mae", plain.MeanAbsoluteError());
                    Add("synthetic.mse", plain.MeanSquaredError());
                    Add("synthetic.mage", plain.Mage());
                    Add("synthetic.male", plain.Male());
                    Add("synthetic.msge", plain.Msge());
                    Add("synthetic.ssiMage", plain.ScaleAndShiftInvariant().Mage());
                    break;
            }
        }

        Assert.Equal([.. expected.Keys.Append("loss").Order()], losses.Keys.Order());
        Assert.All(expected, term => Assert.Equal(term.Value, losses[term.Key], 1e-4 * Math.Max(1, term.Value)));
        var whole = expected.Sum(term => term.Value * WeightOf(term.Key.Split('.')[^1]));
        Assert.Equal(whole, losses["loss"], 1e-4 * whole);
    }

    [Fact]
    public void Sets_of_one_kind_need_no_marks()
    {
        MadeUpSet[] sets = [Set(false, true), Set(false, true)];
        var (graph, _) = new DepthGraph(Networks.Tiny, 2, DepthLossWeights.Stage2, sets, 0).Build();

        Assert.Equal(["pixels", "truth", "valid"], graph.Inputs.Select(input => input.Name));
        Assert.Equal(["synthetic.mae", "synthetic.mse", "synthetic.mage", "synthetic.male", "synthetic.msge"], graph.Outputs.Select(output => output.Name).Where(name => name.StartsWith("synthetic")));
    }

    private static double WeightOf(string term) => term switch { "mae" => Every.Mae, "mse" => Every.Mse, "mage" => Every.Mage, "male" => Every.Male, "msge" => Every.Msge, _ => Every.SsiMage };

    private static MadeUpSet Set(bool isReal, bool isMetric) => new() { IsReal = isReal, IsMetric = isMetric, Spoil = (index, inverse) => Array.Fill(inverse, float.NaN, 100 * index, 300) };

    private static (PreparedPhoto[] Photos, IReadOnlyDictionary<string, float> Losses, float[][] Predictions) Evaluate(MadeUpSet[] sets, DepthLossWeights weights)
    {
        var stage = new TrainingStage { Name = "mixed", Task = TrainingTask.Depth, Steps = 1, PhotosPerStep = 8, Losses = weights };
        var options = new DepthTrainingOptions { Network = Networks.Tiny, Stages = [stage], Threads = 2 };
        using var run = new StageRun(stage, options, sets, new(Networks.Tiny, (parameter, values) => Networks.RandomWeights(parameter, values), licence: null));
        var mix = new TrainingMix(sets, 1);
        PreparedPhoto[] photos = [.. Enumerable.Range(0, stage.PhotosPerStep).Select(_ => new PreparedPhoto(Networks.Tiny.InputSize, Networks.Tiny.OutputSize))];
        foreach (var photo in photos) { mix.Draw(photo, AugmentationOptions.None, Networks.Tiny); }
        Assert.Equal(4, photos.Select(photo => photo.Set).Distinct().Count());
        run.Evaluate(photos);
        return (photos, run.Losses, [.. photos.Select((_, i) => run.OutputOf(i, DepthGraph.PredictionName).ToArray())]);
    }
}
