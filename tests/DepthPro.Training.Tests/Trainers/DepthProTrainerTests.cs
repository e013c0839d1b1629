using DepthPro.Network;
using DepthPro.Rows;
using DepthPro.Tests;
using DepthPro.Training.Tests.Data;
using DepthPro.Training.Tests.Runs;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace DepthPro.Training.Tests.Trainers;

public sealed class DepthProTrainerTests : IDisposable
{
    private static readonly DepthTrainingOptions Short = TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 3), TinyRuns.Stage(TrainingTask.FieldOfView, 2));

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly List<TrainingProgress> _told = [];

    public void Dispose() => _folder.Dispose();

    private DepthProTrainerOptions Options => new()
    {
        OutputColumnName = "Depth",
        InputColumnName = "Image",
        LabelColumnName = "Truth",
        FocalLengthColumnName = "FocalLength",
        Training = Short,
        OutputFolder = _folder["out"],
        Progress = new TinyRuns.Told(_told.Add),
    };

    private IDataView Data(int count = 4, int first = 0) => _ml.Data.LoadFromEnumerable(TrainingRows.Made(count, first));

    [Fact]
    public void Trains_from_nothing_and_gives_a_transformer_that_is_saved_and_loaded()
    {
        var data = Data();
        using var trained = Fit(Options, data);

        Assert.Equal(5, _told.Count);
        var depth = trained.Transform(data).GetColumn<DepthMap>("Depth").ToArray();
        Assert.All(depth, map => Assert.Equal((TrainingRows.Width, TrainingRows.Height), (map.Width, map.Height)));
        Assert.Equal(DepthProModel.Open(_folder["out/model"]).Config?.Vit, Networks.Tiny.Vit);

        _ml.Model.Save(trained, null, _folder["pipeline.zip"]);
        using var loaded = (DepthEstimationTransformer)new MLContext().Model.Load(_folder["pipeline.zip"], out _);
        Assert.Equal(depth.Select(map => map.Meters.ToArray()), loaded.Transform(data).GetColumn<DepthMap>("Depth").Select(map => map.Meters.ToArray()));
    }

    [Fact]
    public void Model_is_the_networks_weights_as_they_were_last()
    {
        using var trained = Fit(Options, Data());

        using var model = DepthProModel.Open(_folder["out/model"]).OpenCheckpoint();
        Assert.All(TinyRuns.Weights(_folder["out/model.safetensors"]), tensor =>
        {
            var values = new float[tensor.Value.Length];
            model.Read(tensor.Key, values);
            Assert.Equal(tensor.Value, values);
        });
    }

    [Fact]
    public void Model_in_the_output_folder_that_no_training_has_made_is_not_replaced()
    {
        Directory.CreateDirectory(_folder["out/model"]);
        File.WriteAllText(_folder["out/model/mine.txt"], "mine");

        Assert.Contains("give another folder", Assert.Throws<ArgumentException>(() => Fit(Options, Data())).Message);
        Assert.Equal("mine", File.ReadAllText(_folder["out/model/mine.txt"]));
    }

    [Fact]
    public void Same_fit_gives_the_same_model()
    {
        using var one = Fit(Options, Data());
        using var other = Fit(Options with { OutputFolder = _folder["other"] }, Data());

        Assert.Equal(DepthProModel.Open(_folder["out/model"]).Manifest?.Files, DepthProModel.Open(_folder["other/model"]).Manifest?.Files);
    }

    [Theory]
    [InlineData(FineTuning.All, "encoder.", "decoder.", "head.", "fov.")]
    [InlineData(FineTuning.DecoderAndHead, "decoder.", "head.")]
    [InlineData(FineTuning.FocalHead, "fov.")]
    public void Fine_tunes_what_is_asked_for(FineTuning what, params string[] learning)
    {
        var start = TinyModel();
        using var trained = Fit(Options with { Training = null, Initial = start, FineTune = what, Steps = what == FineTuning.All ? 8 : 2 }, Data());

        var (before, after) = (TinyRuns.Weights(_folder["start.safetensors"]), TinyRuns.Weights(_folder["out/model.safetensors"]));
        string[] changed = [.. before.Where(tensor => !tensor.Value.SequenceEqual(after[tensor.Key])).Select(tensor => tensor.Key)];
        Assert.All(learning, part => Assert.Contains(changed, name => name.StartsWith(part)));
        bool IsFrozen(string name) => what switch
        {
            FineTuning.FocalHead => !name.StartsWith("fov."),
            FineTuning.DecoderAndHead => name.StartsWith("fov.") || name.Contains("_encoder."),
            _ => name.Contains("encoder.") && name.Contains(".norm"),
        };
        Assert.DoesNotContain(changed, IsFrozen);
    }

    [Fact]
    public void Focal_head_of_the_demo_model_learns_and_its_depth_at_a_known_focal_length_stays_the_same()
    {
        var data = Data(8);
        DepthMap[] Estimate(DepthEstimationTransformer transformer) => [.. transformer.Transform(data).GetColumn<DepthMap>("Depth")];
        using var trained = Fit(Options with { Training = null, Initial = DepthProModel.Demo, FineTune = FineTuning.FocalHead, Steps = 2 }, data);
        using var demo = ModelOfDemo();

        Assert.Equal(Estimate(demo).Select(map => map.Meters.ToArray()), Estimate(trained).Select(map => map.Meters.ToArray()));
        Assert.Equal([0, 1, 2], _told.Select(progress => progress.Step).Prepend(0));
    }

    [Fact]
    public void Recipe_for_few_photos_lowers_the_loss()
    {
        var options = DepthTrainingOptions.FineTune(Networks.Tiny) with { Steps = 24, Threads = 2 };
        Assert.Equal((true, 8), (options.ValidateEachEpoch, options.Stages[0].PhotosPerStep));
        var stages = options.Stages.Select(stage => stage with { PhotosPerStep = 2, EncoderRate = 50 * stage.EncoderRate, DecoderRate = 50 * stage.DecoderRate, Augmentation = AugmentationOptions.None }); // the tiny network's rates

        using var trained = Fit(Options with { Training = options with { Stages = [.. stages] }, Initial = TinyModel() }, Data(6));

        var losses = _told.Where(progress => progress.Stage == "depth").Select(progress => progress.Loss).ToList();
        Assert.True(losses.TakeLast(4).Average() < 0.9 * losses.Take(4).Average(), string.Join(' ', losses));
    }

    [Fact]
    public void Validation_tells_all_metrics_and_picks_the_best()
    {
        var stage = TinyRuns.Stage(TrainingTask.Depth, 6);
        using var trained = Fit(Options with { Training = TinyRuns.Options(stage) with { ValidateEachEpoch = true }, Validation = Data(3, first: 10) }, Data(4));

        var judged = _told.Where(progress => progress.Validation is not null).ToList();
        Assert.Equal([2, 4, 6], judged.Select(progress => progress.Step));
        Assert.All(judged, progress => Assert.Equal(3, progress.Validation?.Depth?.Images));
        Assert.Equal(Sha256.OfFile(_folder["out/best.safetensors"]), DepthProModel.Open(_folder["out/model"]).Manifest?.SourceSha256);
    }

    [Fact]
    public void Fitted_again_it_goes_on_where_it_was()
    {
        using (Fit(Options, Data())) { }
        var model = File.GetLastWriteTimeUtc(_folder["out/model/network.json"]);
        _told.Clear();

        using (Fit(Options, Data())) { }

        Assert.Empty(_told);
        Assert.Equal(model, File.GetLastWriteTimeUtc(_folder["out/model/network.json"]));
        Assert.Contains("another training", Assert.Throws<ArgumentException>(() => Fit(Options, Data(count: 3))).Message);
    }

    [Fact]
    public void Cancelled_it_keeps_state_and_best_and_goes_on()
    {
        using var cancellation = new CancellationTokenSource();
        var steps = 0;
        var options = Options with { Training = TinyRuns.Options(TinyRuns.Stage(TrainingTask.Depth, 6)) with { ValidateEachEpoch = true }, Validation = Data(2, first: 10) };
        Assert.Throws<OperationCanceledException>(() => Fit(options with
        {
            Cancellation = cancellation.Token,
            Progress = new TinyRuns.Told(_ =>
            {
                if (++steps == 3) { cancellation.Cancel(); }
            }),
        }, Data(4)));

        Assert.All(["state", "model", "best"], name => Assert.True(File.Exists(_folder[$"out/{name}.safetensors"])));
        Assert.False(Directory.Exists(_folder["out/model"]));
        using var trained = Fit(options, Data(4));
        Assert.Equal([4, 5, 6], _told.Select(progress => progress.Step));
    }

    [Fact]
    public void Temporary_folder_lives_as_long_as_the_transformer()
    {
        string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "depthpro-training-*");
        var before = Folders();
        using (var trained = Fit(Options with { OutputFolder = null }, Data()))
        {
            var folder = Assert.Single(Folders().Except(before));
            Assert.Equal(["model"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
            Assert.Equal(2, trained.Transform(Data(2)).GetColumn<DepthMap>("Depth").Count());
        }
        Assert.Empty(Folders().Except(before));

        Assert.Throws<InvalidDataException>(() => Fit(Options with { OutputFolder = null }, Data(0)));
        Assert.Empty(Folders().Except(before));
    }

    [Fact]
    public void Log_and_callback_tell_the_progress()
    {
        List<string> log = [];
        _ml.Log += (_, message) =>
        {
            if (message.Kind is ChannelMessageKind.Info or ChannelMessageKind.Warning && message.Source.Contains("DepthProTrainer")) { log.Add(message.RawMessage); }
        };
        var rows = TrainingRows.Made(3);
        rows[1].Truth = null;
        List<string> skipped = [];

        using var trained = Fit(Options with { Skipped = skipped.Add }, _ml.Data.LoadFromEnumerable(rows));

        Assert.Contains("'Truth', row 1", Assert.Single(skipped));
        Assert.Contains(log, line => line.StartsWith("Left out: Column 'Truth', row 1"));
        Assert.Contains(log, line => line.StartsWith("Training on 2 rows, not judged, from random weights: Depth, FieldOfView."));
        Assert.Contains(log, line => line.StartsWith("Depth: step 1 of 3, loss "));
        Assert.Contains(log, line => line.StartsWith("FieldOfView: step 2 of 2, loss "));
        Assert.Contains(log, line => line.StartsWith($"The model is '{_folder["out/model"]}'"));
        Assert.Equal(5, _told.Count);
    }

    [Fact]
    public void Schema_is_that_of_estimated_depth()
    {
        var trainer = _ml.DepthEstimation.Trainers.DepthPro(Options);
        using var trained = trainer.Fit(Data());

        Assert.Equal(["Image", "Truth", "FocalLength", "Depth"], trained.GetOutputSchema(Data().Schema).Select(column => column.Name));
        var shape = _ml.Transforms.EstimateDepth("Depth", "Image").GetOutputSchema(ShapeOf(Data()));
        Assert.Equal(shape.Select(column => (column.Name, column.ItemType)), trainer.GetOutputSchema(ShapeOf(Data())).Select(column => (column.Name, column.ItemType)));
    }

    [Theory]
    [InlineData("Nothing", "Truth", "FocalLength", "Could not find input column 'Nothing'")]
    [InlineData("Image", "FocalLength", "FocalLength", "Schema mismatch for input column 'FocalLength': expected DepthMap, got Single")]
    [InlineData("Truth", "Truth", "FocalLength", "Schema mismatch for input column 'Truth': expected Image, got DepthMap")]
    [InlineData("Image", "Truth", "Truth", "Schema mismatch for input column 'Truth': expected Single or Vector<Single, 1>, got DepthMap")]
    public void Columns_that_do_not_fit_are_refused_before_any_work(string image, string label, string focalLength, string message)
    {
        var trainer = _ml.DepthEstimation.Trainers.DepthPro(Options with { InputColumnName = image, LabelColumnName = label, FocalLengthColumnName = focalLength });

        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(Data())).Message);
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => trainer.GetOutputSchema(ShapeOf(Data()))).Message);
        Assert.False(Directory.Exists(_folder["out"]));
        var rows = _ml.DepthEstimation.Trainers.DepthPro(Options with { Validation = _ml.Data.LoadFromEnumerable(Array.Empty<OtherRow>()) });
        Assert.Contains("'Image'", Assert.Throws<ArgumentOutOfRangeException>(() => rows.Fit(Data())).Message);
    }

    [Fact]
    public void Transformer_need_not_be_told_the_focal_lengths_that_were_learnt_by()
    {
        using var trained = Fit(Options with { EstimatesFocalLength = true }, Data());

        var photos = _ml.Data.LoadFromEnumerable(TrainingRows.Made(2).Select(row => new PhotoRow { Image = row.Image }));
        Assert.All(trained.Transform(photos).GetColumn<DepthMap>("Depth"), map => Assert.Equal(FocalLengthSource.Estimated, map.FocalLengthSource));
    }

    [Fact]
    public void Rows_mix_with_other_sets_by_weight()
    {
        var other = new MadeUpSet { Weight = 3 };

        using var trained = Fit(Options with { OtherSets = [other], Training = TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 6)) }, Data());

        Assert.InRange(other.Draws.Count, 9, 9 + 3 * 2); // of 12 photos, and what was loaded ahead
    }

    [Fact]
    public void Real_depth_without_scale_or_focal_length_is_learnt_from_as_far_as_it_goes()
    {
        using var trained = Fit(Options with { FocalLengthColumnName = null, IsReal = true, IsMetric = false, Training = null, Initial = TinyModel(), Steps = 2 }, Data());

        Assert.Equal(["depth", "depth"], _told.Select(progress => progress.Stage));
        Assert.Equal(["real.relative.mae"], _told[0].Terms.Keys);
        Assert.Contains("focal length of none of the 4 rows", Assert.Throws<ArgumentException>(() =>
            Fit(Options with { FocalLengthColumnName = null, IsMetric = false, Training = null, Initial = TinyModel(), FineTune = FineTuning.FocalHead, OutputFolder = null }, Data())).Message);
    }

    [Fact]
    public void Wrong_start_and_options_that_contradict_each_other_are_refused()
    {
        string Refusal(DepthProTrainerOptions options) => Assert.ThrowsAny<ArgumentException>(() => Fit(options with { OutputFolder = null }, Data())).Message;

        Assert.Contains("FineTune is FocalHead, and Initial is null", Refusal(Options with { Training = null, FineTune = FineTuning.FocalHead }));
        Assert.Contains("FineTune is FocalHead, and Training has stages", Refusal(Options with { Initial = TinyModel(), FineTune = FineTuning.FocalHead }));
        Assert.Contains("Steps is 3 and Minutes 1", Refusal(Options with { Steps = 3, Minutes = 1 }));
        Assert.Contains("column name of the true depth is empty", Refusal(Options with { LabelColumnName = " " }));
        Assert.Contains("fieldOfView false", Refusal(Options with { Training = Short with { Network = Networks.Tiny with { FieldOfView = false } }, FocalLengthColumnName = null }));
        Assert.Contains("the network expects", Assert.Throws<InvalidDataException>(() => Fit(Options with { Initial = DepthProModel.Demo }, Data())).Message);
    }

    private DepthEstimationTransformer Fit(DepthProTrainerOptions options, IDataView data) => _ml.DepthEstimation.Trainers.DepthPro(options).Fit(data);

    private DepthEstimationTransformer ModelOfDemo()
    {
        DepthProModel.SaveDemoCheckpoint(_folder["demo.safetensors"]);
        return _ml.Transforms.EstimateDepth("Depth", "Image", "FocalLength", ModelConverter.Convert(_folder["demo.safetensors"], _folder["demo"])).Fit(Data(1));
    }

    // A model folder of random weights, whose checkpoint is start.safetensors.
    private DepthProModel TinyModel()
    {
        if (!Directory.Exists(_folder["start"]))
        {
            new DepthTraining(Short, [new MadeUpSet()]).Save(_folder["start.safetensors"]);
            ModelConverter.Convert(_folder["start.safetensors"], _folder["start"]);
        }
        return DepthProModel.Open(_folder["start"]);
    }

    private static SchemaShape ShapeOf(IDataView data) => SchemaShapes.Append(new([]), [.. data.Schema.Where(column => !column.IsHidden).Select(column => new OutputColumn(column.Name, column.Type))]);

    private sealed class PhotoRow
    {
        public MLImage? Image { get; set; }
    }

    private sealed class OtherRow
    {
        public float Image { get; set; }
    }
}
