using DepthPro.Training;
using DepthPro.Training.Data;
using DepthPro.Training.Scenes;

namespace DepthPro.Cli;

/// <summary>A training as its settings describe it.</summary>
/// <param name="Options">What is trained and how.</param>
/// <param name="Sets">What is learnt from.</param>
/// <param name="Validation">What it is judged by; null: it is not.</param>
internal sealed record TrainPlan(DepthTrainingOptions Options, IReadOnlyList<TrainingSet> Sets, TrainingSet? Validation)
{
    public const string DemoPreset = "demo", PaperPreset = "paper";

    public const string PlainScenes = "plain", WideScenes = "wide", WideningScenes = "widening", NoScenes = "none";

    public const string All = "all", Decoder = "decoder", FieldOfView = "field-of-view";

    /// <summary>What the settings leave open, as the training will have it.</summary>
    public static TrainSettings Complete(TrainSettings given)
    {
        var preset = given.Preset ?? DemoPreset;
        var settings = given with
        {
            Preset = preset,
            Network = given.Network ?? TrainNetwork.ToJson(given.Initial is { } initial ? TrainNetwork.Of(initial) : Preset(preset).Network),
            Scenes = given.Scenes ?? (given.Folders is { Count: > 0 } ? NoScenes : preset == PaperPreset ? WideScenes : WideningScenes),
            FineTune = given.FineTune ?? (given.Initial is null ? null : All),
            Seed = given.Seed ?? 1,
            Validation = given.Validation ?? 64,
        };
        var photos = Stages(settings, []).Select(stage => stage.PhotosPerStep).ToList();
        // Written down, so that a machine with other cores takes the training up to the same result.
        return settings with { Threads = given.Threads ?? Enumerable.Range(1, Environment.ProcessorCount).Last(threads => photos.TrueForAll(count => count % threads == 0)) };
    }

    /// <param name="settings">Complete ones.</param>
    /// <exception cref="UsageException">They leave nothing to learn from.</exception>
    public static TrainPlan Of(TrainSettings settings)
    {
        var preset = Preset(settings.Preset ?? DemoPreset);
        var options = preset with
        {
            Network = TrainNetwork.OfJson(settings.Network),
            Steps = settings.Steps,
            Minutes = settings.Minutes,
            Seed = settings.Seed ?? preset.Seed,
            Threads = settings.Threads ?? preset.Threads,
        };
        List<TrainingSet> sets = [.. (settings.Folders ?? []).Select(Open)];
        sets.AddRange(settings.Scenes switch
        {
            PlainScenes => [DemoTraining.Set(SceneOptions.Plain, "plain scenes")],
            WideScenes => [DemoTraining.Set(SceneOptions.Wide, "wide scenes")],
            WideningScenes => DemoTraining.Sets(options),
            _ => [],
        });
        if (sets.Count == 0) { throw new UsageException("Nothing to learn from: --scenes is none, and no --photos are given."); }
        return new(options with { Stages = Stages(settings, sets) }, sets, settings.Validation == 0 ? null : DemoTraining.Validation());
    }

    private static DepthTrainingOptions Preset(string name) => name == PaperPreset ? DepthTrainingOptions.Paper : DepthTrainingOptions.Demo;

    private static IReadOnlyList<TrainingStage> Stages(TrainSettings settings, IReadOnlyList<TrainingSet> sets)
    {
        var hasFieldOfView = TrainNetwork.OfJson(settings.Network).FieldOfView;
        bool IsTaught(TrainingStage stage) => settings.FineTune switch
        {
            null => true,
            All => stage.Task != TrainingTask.EncoderPretraining, // the encoders have learnt already
            Decoder => stage.Task == TrainingTask.Depth,
            _ => stage.Task == TrainingTask.FieldOfView,
        };
        // Without a set for it, a stage that learns from synthetic metric depth alone is left out; one of the kind must be left.
        bool HasSets(TrainingStage stage) => !stage.SyntheticOnly || sets.Count == 0 || sets.Any(set => set is { IsReal: false, IsMetric: true });
        return
        [
            .. Preset(settings.Preset ?? DemoPreset).Stages
                .Where(stage => IsTaught(stage) && HasSets(stage) && (hasFieldOfView || stage.Task != TrainingTask.FieldOfView))
                .Select(stage => stage with
                {
                    Task = settings.FineTune == Decoder ? TrainingTask.Decoder : stage.Task,
                    PhotosPerStep = settings.PhotosPerStep ?? stage.PhotosPerStep,
                }),
        ];
    }

    private static TrainingSet Open(TrainFolder folder) => throw new UsageException($"--photos '{folder.Photos}': this version learns from scenes only; leave the option out.");
}
