using DepthPro.Training;
using DepthPro.Training.Data;
using DepthPro.Training.Scenes;

namespace DepthPro.Cli;

/// <summary>A training as its settings describe it.</summary>
/// <param name="Options">What is trained and how.</param>
/// <param name="Sets">What is learnt from.</param>
/// <param name="Validation">What it is judged by; null: it is not.</param>
/// <param name="ValidationPhotos">How many photos of it.</param>
internal sealed record TrainPlan(DepthTrainingOptions Options, IReadOnlyList<TrainingSet> Sets, TrainingSet? Validation, int ValidationPhotos)
{
    public const string DemoPreset = "demo", PaperPreset = "paper";

    public const string PlainScenes = "plain", WideScenes = "wide", WideningScenes = "widening", NoScenes = "none";

    public const string All = "all", Decoder = "decoder", FieldOfView = "field-of-view";

    /// <summary>What the settings leave open, as the training will have it.</summary>
    /// <exception cref="UsageException">They do not fit together, or there is no checkpoint to start from.</exception>
    public static TrainSettings Complete(TrainSettings given)
    {
        if (given is { FineTune: not null, Initial: null }) { throw new UsageException("--fine-tune goes on with a network that has learnt already; name it with --initial."); }
        if (given is { FineTune: not null, Preset: not null }) { throw new UsageException($"--preset {given.Preset} and --fine-tune {given.FineTune} are both given; a fine-tuning has stages of its own. Leave one of them out."); }
        var isFineTuning = given is { Initial: not null, Preset: null };
        var settings = given with
        {
            Preset = isFineTuning ? null : given.Preset ?? DemoPreset,
            FineTune = isFineTuning ? given.FineTune ?? All : null,
            Scenes = given.Scenes ?? (given.Folders is { Count: > 0 } ? NoScenes : isFineTuning || given.Preset == PaperPreset ? WideScenes : WideningScenes),
            Seed = given.Seed ?? 1,
            Validation = given.Validation ?? 64,
        };
        settings = settings with { Network = settings.Network ?? TrainNetwork.ToJson(settings.Initial is { } initial ? TrainNetwork.Start(initial).Network : Preset(settings.Preset).Network) };
        var photos = Base(settings).Stages.Select(stage => stage.PhotosPerStep).ToList();
        if (settings.Threads is { } asked && photos.Find(count => count % asked != 0) is var uneven and > 0)
        {
            throw new UsageException($"--threads is {asked}; expected a divisor of the {uneven} photos of a step, so that each thread has as many.");
        }
        // Written down, so that a machine with other cores takes the training up to the same result.
        return settings with { Threads = settings.Threads ?? Enumerable.Range(1, Environment.ProcessorCount).Last(threads => photos.TrueForAll(count => count % threads == 0)) };
    }

    /// <param name="settings">Complete ones.</param>
    /// <param name="skipped">Told of files that cannot be used.</param>
    /// <exception cref="UsageException">They leave nothing to learn from.</exception>
    public static TrainPlan Of(TrainSettings settings, Action<string> skipped)
    {
        var options = Base(settings);
        List<TrainingSet> sets = [.. (settings.Folders ?? []).Select(folder => folder.Open(skipped))];
        sets.AddRange(settings.Scenes switch
        {
            PlainScenes => [DemoTraining.Set(SceneOptions.Plain, "plain scenes")],
            WideScenes => [DemoTraining.Set(SceneOptions.Wide, "wide scenes")],
            WideningScenes => DemoTraining.Sets(options),
            _ => [],
        });
        if (sets.Count == 0) { throw new UsageException("Nothing to learn from: --scenes is none, and no --photos are given."); }
        // A stage that learns from synthetic metric depth alone is left out where there is none.
        if (!sets.Exists(set => set is { IsReal: false, IsMetric: true })) { options = options with { Stages = [.. options.Stages.Where(stage => !stage.SyntheticOnly)] }; }
        if (settings.Validation is null or 0) { return new(options, sets, null, 1); }
        var judges = settings.ValidationFolder?.Open(skipped);
        return new(options, sets, judges ?? DemoTraining.Validation(), Math.Min(settings.Validation ?? 1, judges?.Count ?? int.MaxValue));
    }

    private static DepthTrainingOptions Preset(string? name) => name == PaperPreset ? DepthTrainingOptions.Paper : DepthTrainingOptions.Demo;

    private static DepthTrainingOptions Base(TrainSettings settings)
    {
        var network = TrainNetwork.OfJson(settings.Network);
        if (settings.FineTune == FieldOfView && !network.FieldOfView) { throw new UsageException($"--fine-tune {FieldOfView}: the network of --initial does not estimate the field of view; expected {All} or {Decoder}."); }
        var options = settings.FineTune is null ? Preset(settings.Preset)
            : DepthTrainingOptions.FineTune(network, settings.FineTune switch { Decoder => FineTuning.DecoderAndHead, FieldOfView => FineTuning.FocalHead, _ => FineTuning.All });
        bool IsTaught(TrainingStage stage) => stage.Task switch
        {
            TrainingTask.EncoderPretraining => settings.Initial is null, // otherwise the encoders have learnt already
            TrainingTask.FieldOfView => network.FieldOfView,
            _ => true,
        };
        return options with
        {
            Network = network,
            Stages = [.. options.Stages.Where(IsTaught).Select(stage => stage with { PhotosPerStep = settings.PhotosPerStep ?? stage.PhotosPerStep })],
            Steps = settings.Steps,
            Minutes = settings.Minutes,
            Seed = settings.Seed ?? options.Seed,
            Threads = settings.Threads ?? options.Threads,
        };
    }
}
