using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Tests;
using DepthPro.Training.Data;
using DepthPro.Training.Scenes;
using DepthPro.Training.Tests.Data;
using DepthPro.Training.Tests.Steps;

namespace DepthPro.Training.Tests.Runs;

public sealed class FailingTrainingTests : IDisposable
{
    private static readonly DepthTrainingOptions Depth = TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 4) with { Losses = DepthLossWeights.Stage1 });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Loss_that_is_no_number_stops_it_with_step_term_and_last_good_state()
    {
        // Draws 4 and 5 are the third step.
        MadeUpSet Spoilt() => new(count: 8) { Spoil = (index, inverse) => inverse[7] = index == 4 ? float.PositiveInfinity : 1 };
        var training = new DepthTraining(Depth with { SecondsBetweenStates = 0 }, [Spoilt()], folder: _folder.Path);

        var message = Assert.Throws<InvalidOperationException>(() => training.Run()).Message;

        Assert.Contains("stage 'Depth' at step 3: loss term 'synthetic.", message);
        Assert.Contains(_folder[DepthTraining.StateName], message);
        Assert.Contains(_folder[DepthTraining.CheckpointName], message);
        Assert.Contains("learning rate", message);
        Assert.All(TinyRuns.Weights(_folder[DepthTraining.CheckpointName]).Values, values => Assert.All(values, x => Assert.True(float.IsFinite(x))));
    }

    [Fact]
    public void Loss_that_is_no_number_without_folder_says_that_nothing_was_kept()
    {
        var training = new DepthTraining(Depth, [new MadeUpSet { Spoil = (_, inverse) => inverse[7] = float.PositiveInfinity }]);

        var message = Assert.Throws<InvalidOperationException>(() => training.Run()).Message;

        Assert.Contains("at step 1", message);
        Assert.Contains("No state was kept", message);
    }

    [Fact]
    public void File_that_cannot_be_written_leaves_the_one_before()
    {
        var training = new DepthTraining(Depth with { SecondsBetweenStates = 0 }, [new MadeUpSet()], folder: _folder.Path);
        var steps = 0;
        byte[] before = [];

        // A folder in the file's place is as good as a full disk.
        var exception = Assert.ThrowsAny<IOException>(() => training.Run(new TinyRuns.Told(_ =>
        {
            if (++steps != 3) { return; }
            before = File.ReadAllBytes(_folder[DepthTraining.StateName]);
            File.Delete(_folder[DepthTraining.CheckpointName]);
            Directory.CreateDirectory(_folder[DepthTraining.CheckpointName]);
            File.WriteAllText(Path.Combine(_folder[DepthTraining.CheckpointName], "x"), "");
        })));

        Assert.Contains($"'{_folder[DepthTraining.CheckpointName]}' cannot be written: the disk is full or the place not writable", exception.Message);
        Assert.NotEmpty(before);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".unfinished"));
        using var state = Checkpoint.Open(_folder[DepthTraining.StateName]);
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_folder["file"], "");

        Assert.Contains(_folder["file"], Assert.ThrowsAny<IOException>(() => new DepthTraining(Depth, [new MadeUpSet()], folder: _folder["file"])).Message);
    }

    [Fact]
    public void Checkpoint_of_another_network_is_refused_with_tensor_and_shapes()
    {
        var message = Assert.Throws<InvalidDataException>(() => new DepthTraining(Depth, [new MadeUpSet()], initial: Goldens.PathOf("micro", "model.safetensors"))).Message;

        Assert.Contains("Checkpoint tensor 'encoder.patch_encoder.", message);
        Assert.Contains("the network expects [", message);
    }

    [Fact]
    public void Checkpoint_of_a_network_with_other_heads_is_refused_though_its_shapes_fit()
    {
        var other = Networks.Tiny with { Vit = Networks.Tiny.Vit with { Heads = 1 } };
        new DepthTraining(Depth with { Network = other }, [new MadeUpSet()]).Save(_folder["other.safetensors"]);

        var message = Assert.Throws<InvalidDataException>(() => new DepthTraining(Depth, [new MadeUpSet()], initial: _folder["other.safetensors"])).Message;

        Assert.Contains("other.safetensors", message);
        Assert.Contains("\"heads\":1", message);
        Assert.Contains("\"heads\":2", message);
    }

    [Fact]
    public void Checkpoint_with_a_weight_that_is_no_number_is_refused()
    {
        var first = new DepthTraining(Depth, [new MadeUpSet()]);
        first.Save(_folder["good.safetensors"]);
        using (var good = Checkpoint.Open(_folder["good.safetensors"]))
        {
            SafetensorsWriter.Write(_folder["bad.safetensors"], [.. good.Tensors.Values], info =>
            {
                var values = new float[info.Count];
                good.Read(info.Name, values);
                if (info.Name == "head.4.bias") { values[0] = float.NaN; }
                return values;
            });
        }

        Assert.Contains("NaN at index [0] of tensor 'head.4.bias'", Assert.Throws<InvalidDataException>(() => new DepthTraining(Depth, [new MadeUpSet()], initial: _folder["bad.safetensors"])).Message);
    }

    [Fact]
    public void Checkpoint_that_is_not_there_is_named()
        => Assert.Contains("nowhere.safetensors", Assert.Throws<FileNotFoundException>(() => new DepthTraining(Depth, [new MadeUpSet()], initial: _folder["nowhere.safetensors"])).Message);

    [Fact]
    public void Starts_from_checkpoint_and_model_folder_alike()
    {
        var first = new DepthTraining(Depth, [new MadeUpSet()]);
        first.Save(_folder["first.safetensors"]);
        ModelConverter.Convert(_folder["first.safetensors"], _folder["model"]);
        var expected = TinyRuns.Weights(first);

        Assert.All([_folder["first.safetensors"], _folder["model"]], (string start) => TinyTraining.AssertSame(expected, TinyRuns.Weights(new DepthTraining(Depth, [new MadeUpSet()], initial: start))));
        Assert.Equal(ModelManifest.ConfigToJson(Networks.Tiny), ModelManifest.ConfigToJson(TrainingStart.FromModel(DepthProModel.Open(_folder["model"])).Network));
    }

    [Fact]
    public void Weights_keep_the_licence_they_came_with()
    {
        ModelConverter.ConvertToSafetensors(Goldens.PathOf("micro", "model.safetensors"), _folder["start.safetensors"], new() { Config = Networks.Micro, Licence = "somebody's" });
        var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)) with { Network = Networks.Micro };

        new DepthTraining(options, [new MadeUpSet()], initial: _folder["start.safetensors"]).Save(_folder["trained.safetensors"]);

        using var trained = Checkpoint.Open(_folder["trained.safetensors"]);
        Assert.Equal("somebody's", trained.Metadata["licence"]);
    }

    [Fact]
    public void Only_weights_that_learnt_from_nothing_but_scenes_are_ours()
    {
        var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1));
        new DepthTraining(options, [new SceneTrainingSet(SceneOptions.Plain, 1)]).Save(_folder["scenes.safetensors"]);
        new DepthTraining(options, [new SceneTrainingSet(SceneOptions.Plain, 1), new MadeUpSet()]).Save(_folder["photos.safetensors"]);

        using var scenes = Checkpoint.Open(_folder["scenes.safetensors"]);
        using var photos = Checkpoint.Open(_folder["photos.safetensors"]);
        Assert.Equal("MIT", scenes.Metadata["licence"]);
        Assert.DoesNotContain("licence", photos.Metadata.Keys);
    }

    public static IEnumerable<object[]> Refused =>
    [
        [TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)) with { Threads = 3 }, "2 photos a step and 3 threads"],
        [Depth with { Steps = 1, Minutes = 1 }, "Steps and Minutes is both given"],
        [Depth with { Steps = 0 }, "Steps is 0"],
        [Depth with { Minutes = -1 }, "Minutes is -1"],
        [Depth with { Leak = 1 }, "Leak is 1"],
        [Depth with { Stages = [] }, "Stages is none"],
        [TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 1)) with { Network = Networks.Tiny with { FieldOfView = false } }, "fieldOfView false"],
        [TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 1) with { PhotosPerStep = 0 }), "PhotosPerStep of stage 'Depth' is 0"],
        [TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 1) with { Losses = new() }), "No loss is left"],
        [TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 1) with { DecoderRate = float.NaN }), "DecoderRate of stage 'Depth' is NaN"],
        [TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 1) with { Schedule = new() { WarmUp = 0.5, Constant = 0.8 } }), "Schedule of stage 'Depth'"],
        [TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 1) with { Augmentation = new() { CropKeeps = new(0, 1) } }), "CropKeeps of stage 'Depth'"],
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Options_that_cannot_be_trained_by_are_named(object options, string part)
        => Assert.Contains(part, Assert.Throws<ArgumentException>(() => new DepthTraining((DepthTrainingOptions)options, [new MadeUpSet()]).Run()).Message);

    [Fact]
    public void Photo_to_judge_by_that_cannot_be_used_is_found_before_the_training()
    {
        MadeUpSet spoilt = new(count: 3) { Spoil = (index, _) => throw new InvalidDataException($"Number {index}.") };

        Assert.Equal("Number 0.", Assert.Throws<InvalidDataException>(() => new DepthTraining(Depth, [new MadeUpSet()], spoilt)).Message);
        var few = new MadeUpSet(count: 3);
        Assert.NotNull(new DepthTraining(Depth, [new MadeUpSet()], few, validationPhotos: 64));
        Assert.Equal([0, 1, 2], few.Draws);
    }

    [Fact]
    public void Stage_of_synthetic_depth_needs_a_set_of_it()
    {
        var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 1) with { SyntheticOnly = true });

        Assert.Contains("a synthetic metric set", Assert.Throws<ArgumentException>(() => new DepthTraining(options, [new MadeUpSet { IsReal = true }])).Message);
        Assert.Contains("Weight of set 'made up' is 0", Assert.Throws<ArgumentException>(() => new DepthTraining(options, [new MadeUpSet { Weight = 0 }])).Message);
    }
}
