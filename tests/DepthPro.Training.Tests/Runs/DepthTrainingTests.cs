using DepthPro.Tests;
using DepthPro.Training.Tests.Data;
using DepthPro.Training.Tests.Steps;

namespace DepthPro.Training.Tests.Runs;

public sealed class DepthTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TrainingTask.EncoderPretraining, 0.01f)]
    [InlineData(TrainingTask.Depth, 0.003f)]
    [InlineData(TrainingTask.Decoder, 0.003f)]
    [InlineData(TrainingTask.FieldOfView, 1)] // degrees: mostly the last bias learns
    public void Learning_lowers_the_loss(TrainingTask task, float rate)
    {
        List<float> losses = [];
        var stage = TinyRuns.Stage(task, 20) with { EncoderRate = rate, DecoderRate = rate, Augmentation = AugmentationOptions.None };

        new DepthTraining(TinyRuns.Options(stage), [new MadeUpSet(count: 1) { FieldOfViewDegrees = 100 }]).Run(new TinyRuns.Told(progress => losses.Add(progress.Loss)));

        Assert.True(losses.TakeLast(3).Average() < 0.8 * losses.Take(3).Average(), string.Join(' ', losses));
    }

    [Fact]
    public void Same_steps_give_the_same_bits()
    {
        var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 190), TinyRuns.Stage(TrainingTask.Depth, 10));
        List<float> one = [], other = [];

        TinyTraining.AssertSame(TinyRuns.Train(options, progress => one.Add(progress.Loss)), TinyRuns.Train(options, progress => other.Add(progress.Loss)));
        Assert.Equal(200, one.Count);
        Assert.Equal(one, other);
    }

    [Fact]
    public void Other_seed_gives_other_weights()
    {
        var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1));

        Assert.NotEqual(TinyRuns.Train(options)["head.2.weight"], TinyRuns.Train(options with { Seed = 2 })["head.2.weight"]);
    }

    [Theory]
    [InlineData(TrainingTask.EncoderPretraining, "encoder.patch_encoder.")]
    [InlineData(TrainingTask.Depth, "encoder.", "decoder.", "head.")]
    [InlineData(TrainingTask.Decoder, "decoder.", "head.", "encoder.upsample", "encoder.fuse_lowres")]
    [InlineData(TrainingTask.FieldOfView, "fov.")]
    public void Only_what_the_stage_teaches_learns(TrainingTask task, params string[] learning)
    {
        DepthTraining untouched = new(TinyRuns.Options(TinyRuns.Stage(task, 1)), [new MadeUpSet()]);
        var (before, after) = (TinyRuns.Weights(untouched), TinyRuns.Train(TinyRuns.Options(TinyRuns.Stage(task, 1))));

        string[] changed = [.. before.Where(tensor => !tensor.Value.SequenceEqual(after[tensor.Key])).Select(tensor => tensor.Key)];

        // After pre-training the other encoders are copies of the patch encoder.
        Assert.All(changed, name => Assert.True(learning.Any(name.StartsWith) || (task == TrainingTask.EncoderPretraining && (name.StartsWith("encoder.image_encoder.") || name.StartsWith("fov.encoder.0."))), name));
        Assert.All(learning, part => Assert.Contains(changed, name => name.StartsWith(part)));
    }

    [Fact]
    public void Frozen_norms_stay_as_they_are()
    {
        var stage = TinyRuns.Stage(TrainingTask.Depth, 1) with { FreezeNorms = true };
        var (before, after) = (TinyRuns.Weights(new DepthTraining(TinyRuns.Options(stage), [new MadeUpSet()])), TinyRuns.Train(TinyRuns.Options(stage)));

        Assert.All(before.Keys.Where(name => name.Contains(".norm")), name => Assert.Equal(before[name], after[name]));
        Assert.NotEqual(before["encoder.patch_encoder.blocks.0.attn.qkv.weight"], after["encoder.patch_encoder.blocks.0.attn.qkv.weight"]);
    }

    [Fact]
    public void Steps_of_all_stages_are_shared_out()
    {
        List<(string, int)> steps = [];
        var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 100, "a") with { Share = 3 }, TinyRuns.Stage(TrainingTask.FieldOfView, 100, "b")) with { Steps = 8 };

        TinyRuns.Train(options, progress => steps.Add((progress.Stage, progress.Steps)));

        Assert.Equal([.. Enumerable.Repeat(("a", 6), 6), .. Enumerable.Repeat(("b", 2), 2)], steps);
    }

    [Fact]
    public void Minutes_become_steps()
    {
        List<TrainingProgress> told = [];

        TinyRuns.Train(TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 100_000)) with { Minutes = 0.01 }, told.Add);

        Assert.InRange(told.Count, 21, 10_000);
        Assert.Equal(told.Count, told[^1].Steps);
        Assert.Equal(TimeSpan.Zero, told[^1].Remaining);
    }

    [Fact]
    public void Tells_of_each_step_what_its_losses_were()
    {
        List<TrainingProgress> told = [];
        TinyRuns.Train(TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 2) with { Losses = DepthLossWeights.Stage1 }), told.Add);

        Assert.Equal([1, 2], told.Select(progress => progress.Step));
        Assert.Equal(["synthetic.mae", "synthetic.ssiMage"], told[0].Terms.Keys.Order());
        Assert.Equal(told[0].Loss, told[0].Terms.Values.Sum(), 1e-4f * told[0].Loss);
        Assert.All(told, progress => Assert.True(progress is { GradientNorm: > 0, PhotosPerSecond: > 0, LearningRate: 0.003f, Validation: null }));
    }

    [Fact]
    public void Is_judged_after_each_epoch_or_so_many_times()
    {
        int[] JudgedAfter(bool eachEpoch)
        {
            List<int> judged = [];
            var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 12)) with { Validations = 3, ValidateEachEpoch = eachEpoch };
            var training = new DepthTraining(options, [new MadeUpSet(count: 5)], new MadeUpSet(count: 3), validationPhotos: 3);
            training.Run(new TinyRuns.Told(progress =>
            {
                if (progress.Validation is null) { return; }
                judged.Add(progress.Step);
                Assert.Equal(3, progress.Validation.FocalLength?.Images);
            }));
            return [.. judged];
        }

        Assert.Equal([4, 8, 12], JudgedAfter(eachEpoch: false));
        Assert.Equal([3, 5, 8, 10, 12], JudgedAfter(eachEpoch: true)); // 5 photos are 2.5 steps
    }

    [Fact]
    public void Judging_changes_nothing_that_is_learnt()
    {
        var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 3)) with { Validations = 3 };
        List<TrainingProgress> told = [];
        var training = new DepthTraining(options, [new MadeUpSet()], new MadeUpSet(count: 3), validationPhotos: 3, folder: _folder.Path);
        training.Run(new TinyRuns.Told(told.Add));

        List<float> losses = [];
        TinyTraining.AssertSame(TinyRuns.Train(options, progress => losses.Add(progress.Loss)), TinyRuns.Weights(training));
        Assert.Equal(losses, told.Select(progress => progress.Loss));
        Assert.All(told, progress => Assert.Equal((3, 3), (progress.Validation?.Depth?.Images, progress.Validation?.Depth?.Boundary.Images + progress.Validation?.Depth?.Boundary.EmptyImages)));
        Assert.Equal(told.Select(progress => progress.Validation?.AbsRel).Min(), training.Best?.AbsRel);
        Assert.True(File.Exists(_folder[DepthTraining.BestName]));
    }

    [Fact]
    public void Runs_once()
    {
        var training = new DepthTraining(TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)), [new MadeUpSet()]);
        training.Run();

        Assert.Throws<InvalidOperationException>(() => training.Run());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stage_hands_on_its_best_weights_where_that_is_asked_for(bool keepsBest)
    {
        var soonWorse = TinyRuns.Stage(TrainingTask.Depth, 3) with { DecoderRate = 0.3f };
        var options = TinyRuns.Options(soonWorse, TinyRuns.Stage(TrainingTask.FieldOfView, 1)) with { KeepsBest = keepsBest, Validations = 3 };
        var training = new DepthTraining(options, [new MadeUpSet()], new MadeUpSet(), validationPhotos: 2, folder: _folder.Path);
        Dictionary<string, float[]> best = [];
        List<double> errors = [];
        training.Run(new TinyRuns.Told(progress =>
        {
            if (progress.Stage == soonWorse.Name) { errors.Add(progress.Validation?.AbsRel ?? double.NaN); }
            else { best = TinyRuns.Weights(_folder[DepthTraining.BestName]); } // before this stage's own best takes its place
        }));

        Assert.True(errors.Min() < errors[^1], $"The last step is the best: {string.Join(", ", errors)}.");
        var bias = TinyRuns.Weights(training)["head.4.bias"];
        Assert.Equal(keepsBest, bias.SequenceEqual(best["head.4.bias"]));
    }

    [Fact]
    public void Stage_goes_on_where_the_one_before_ended_its_draws()
    {
        var set = new MadeUpSet();
        new DepthTraining(TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 3, "first"), TinyRuns.Stage(TrainingTask.Depth, 2, "second")), [set]).Run();

        // Two photos a step; batches are loaded ahead of what a stage learns from.
        Assert.Equal([0, 1, 2, 3, 4, 5], set.Draws.Take(6));
        Assert.Contains(9, set.Draws);
        Assert.Single(set.Draws, 0L);
    }
}
