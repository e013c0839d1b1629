using System.Globalization;
using DepthPro.Training;

namespace TrainingQuality;

/// <summary>The training without one part of it at a time, each for the same time or on as many photos, judged on the same scenes.</summary>
internal static class Ablations
{
    private const int ValidationPhotos = 256;

    public static void Run(double minutes, int? steps, string? only, TextWriter output)
    {
        var whole = DepthTrainingOptions.Demo with { Minutes = steps is null ? minutes : null, Steps = steps, Validations = 1 };
        whole = whole with { Stages = [.. whole.Stages.Where(stage => stage.Task != TrainingTask.FieldOfView)] };
        DepthTrainingOptions Depth(Func<TrainingStage, TrainingStage> change) => whole with { Stages = [.. whole.Stages.Select(stage => stage.Task == TrainingTask.Depth ? change(stage) : stage)] };
        (string Name, DepthTrainingOptions Options)[] variants =
        [
            ("everything", whole),
            ("without SSI-MAGE", Depth(stage => stage with { Losses = stage.Losses with { SsiMage = 0 } })),
            ("without stage 2: stage 1 for as long", Depth(stage => stage with { Losses = whole.Stages[1].Losses, SyntheticOnly = false })),
            ("without the image encoder", whole with { Network = whole.Network with { UsesImageEncoder = false } }),
            ("without overlap of the patches", whole with { Network = whole.Network with { PatchesOverlap = false } }),
        ];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(steps is { } each ? $"{each} steps" : $"{minutes} minutes")} each, {ValidationPhotos} held-out plain scenes\n\n| | photos learnt from | delta1 | AbsRel | boundary F1 |\n|---|---|---|---|---|"));
        foreach (var (name, options) in variants.Where(variant => only is null || variant.Name.Contains(only, StringComparison.Ordinal)))
        {
            var training = new DepthTraining(options, DemoTraining.Sets(options), DemoTraining.Validation(), ValidationPhotos);
            var photos = new PhotoCount(options);
            training.Run(photos);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {photos.Total} | {training.Best?.Delta1:f3} | {training.Best?.AbsRel:f3} | {training.Best?.BoundaryF1:f4} |"));
            output.Flush();
        }
    }

    private sealed class PhotoCount(DepthTrainingOptions options) : IProgress<TrainingProgress>
    {
        public long Total { get; private set; }

        public void Report(TrainingProgress value) => Total += options.Stages.First(stage => stage.Name == value.Stage) is { Task: TrainingTask.Depth, PhotosPerStep: var photos } ? photos : 0;
    }
}
