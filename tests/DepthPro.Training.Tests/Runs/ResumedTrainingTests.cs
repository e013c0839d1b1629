using DepthPro.Tests;
using DepthPro.Training.Data;
using DepthPro.Training.Scenes;
using DepthPro.Training.Tests.Data;
using DepthPro.Training.Tests.Steps;

namespace DepthPro.Training.Tests.Runs;

/// <summary>Whatever ends a training, the next one goes on to the same weights, bit for bit.</summary>
public sealed class ResumedTrainingTests : IDisposable
{
    private static readonly DepthTrainingOptions Stages = TinyRuns.Options(TinyRuns.Stage(TrainingTask.EncoderPretraining, 3), TinyRuns.Stage(TrainingTask.Depth, 3), TinyRuns.Stage(TrainingTask.FieldOfView, 3));

    private static readonly Lazy<Dictionary<string, float[]>> Unbroken = new(() => TinyRuns.Train(Stages));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public void Killed_at_a_step_it_goes_on_from_the_last_state(int fatal)
    {
        var steps = 0;
        Assert.Throws<NotSupportedException>(() => TinyRuns.Train(Stages with { SecondsBetweenStates = 0 }, _ =>
        {
            if (++steps == fatal) { throw new NotSupportedException("The power is gone."); }
        }, folder: _folder.Path));

        var rest = 0;
        TinyTraining.AssertSame(Unbroken.Value, TinyRuns.Train(Stages, _ => rest++, folder: _folder.Path));
        Assert.Equal(9 - (fatal - 1), rest);
        TinyTraining.AssertSame(Unbroken.Value, TinyRuns.Weights(_folder[DepthTraining.CheckpointName]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Cancelled_after_a_step_it_goes_on_with_the_next(int last)
    {
        using var cancellation = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => TinyRuns.Train(Stages, _ =>
        {
            if (++steps == last) { cancellation.Cancel(); }
        }, folder: _folder.Path, cancellation: cancellation.Token));
        Assert.Equal(last, steps);

        TinyTraining.AssertSame(Unbroken.Value, TinyRuns.Train(Stages, _ => steps++, folder: _folder.Path));
        Assert.Equal(9, steps);
    }

    [Fact]
    public void Killed_between_two_files_of_a_state_it_goes_on_all_the_same()
    {
        // After each step its state has come, and the checkpoint is still the one before.
        var checkpoint = _folder[DepthTraining.CheckpointName];
        List<(byte[] State, byte[] Checkpoint)> kept = [];
        byte[] before = [];
        TinyRuns.Train(Stages with { SecondsBetweenStates = 0 }, _ =>
        {
            if (!File.Exists(checkpoint)) { return; }
            if (before.Length > 0) { kept.Add((File.ReadAllBytes(_folder[DepthTraining.StateName]), before)); }
            before = File.ReadAllBytes(checkpoint);
        }, folder: _folder.Path);

        Assert.Equal(8, kept.Count);
        foreach (var (state, older) in kept[2..4].Append(kept[6])) // of the first stage's end, the second's first step and the third's
        {
            File.WriteAllBytes(_folder[DepthTraining.StateName], state);
            File.WriteAllBytes(checkpoint, older);
            TinyTraining.AssertSame(Unbroken.Value, TinyRuns.Train(Stages, folder: _folder.Path));
        }
    }

    [Fact]
    public void Killed_in_its_first_step_it_has_a_state_to_go_on_from()
    {
        var folder = _folder.Path;
        Assert.Throws<InvalidProgramException>(() => TinyRuns.Train(Stages, _ => throw new InvalidProgramException("killed"), folder: folder));

        Assert.True(File.Exists(Path.Combine(folder, DepthTraining.StateName)));
        TinyTraining.AssertSame(Unbroken.Value, TinyRuns.Train(Stages, folder: folder));
    }

    [Fact]
    public void Finished_it_has_nothing_left_to_do()
    {
        TinyRuns.Train(Stages, folder: _folder.Path);

        TinyTraining.AssertSame(Unbroken.Value, TinyRuns.Train(Stages, _ => Assert.Fail("There was a step."), folder: _folder.Path));
    }

    [Fact]
    public void State_of_another_training_is_refused()
    {
        TinyRuns.Train(TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)), folder: _folder.Path);

        foreach (var other in new[] { Stages, TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)) with { Seed = 5 }, TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)) with { Threads = 1 },
            TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)) with { Steps = 7 }, TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)) with { Minutes = 1 } })
        {
            var message = Assert.Throws<ArgumentException>(() => TinyRuns.Train(other, folder: _folder.Path)).Message;
            Assert.Contains(_folder[DepthTraining.StateName], message);
            Assert.Contains("another training", message);
        }
        Assert.Throws<ArgumentException>(() => TinyRuns.Train(TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)), initial: _folder[DepthTraining.CheckpointName], folder: _folder.Path));
    }

    [Fact]
    public void State_of_a_training_with_other_scenes_is_refused()
    {
        DepthTraining Of(SceneOptions scenes, long seed) => new(TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)), [new SceneTrainingSet(scenes, seed)], folder: _folder.Path);
        Of(SceneOptions.Plain, 1).Run();

        Assert.True(Of(SceneOptions.Plain with { FogProbability = SceneOptions.Plain.FogProbability }, 1).IsTakenUp);
        Assert.Contains("another training", Assert.Throws<ArgumentException>(() => Of(SceneOptions.Plain, 2)).Message);
        Assert.Contains("another training", Assert.Throws<ArgumentException>(() => Of(SceneOptions.Plain with { Places = [ScenePlace.Room] }, 1)).Message);
    }

    [Theory]
    [InlineData(DepthTraining.CheckpointName)]
    [InlineData(DepthTraining.BestName)]
    public void Checkpoint_that_no_training_has_made_is_not_overwritten(string name)
    {
        File.WriteAllText(_folder[name], "somebody's");

        var message = Assert.Throws<ArgumentException>(() => TinyRuns.Train(Stages, folder: _folder.Path)).Message;

        Assert.Contains($"'{_folder[name]}' is there", message);
        Assert.Contains("give another folder", message);
        Assert.Equal([_folder[name]], Directory.GetFiles(_folder.Path));
        Assert.Equal("somebody's", File.ReadAllText(_folder[name]));
    }

    [Fact]
    public void State_that_is_none_is_refused()
    {
        var training = new DepthTraining(Stages, [new MadeUpSet()]);
        training.Save(_folder[DepthTraining.StateName]);

        Assert.Contains("expected the state of a training", Assert.Throws<InvalidDataException>(() => TinyRuns.Train(Stages, folder: _folder.Path)).Message);
    }

    [Fact]
    public void Goes_on_to_the_same_best()
    {
        var options = Stages with { Validations = 3 };
        DepthTraining Training(string folder) => new(options, [new MadeUpSet()], new MadeUpSet(count: 2), validationPhotos: 2, folder: _folder[folder]);
        var unbroken = Training("unbroken");
        unbroken.Run();
        using var cancellation = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => Training("broken").Run(new TinyRuns.Told(_ =>
        {
            if (++steps == 8) { cancellation.Cancel(); }
        }), cancellation.Token));
        var resumed = Training("broken");
        resumed.Run();

        Assert.Equal(unbroken.Best?.FieldOfViewErrorDegrees, resumed.Best?.FieldOfViewErrorDegrees);
        TinyTraining.AssertSame(TinyRuns.Weights(Path.Combine(_folder["unbroken"], DepthTraining.BestName)), TinyRuns.Weights(Path.Combine(_folder["broken"], DepthTraining.BestName)));
    }
}
