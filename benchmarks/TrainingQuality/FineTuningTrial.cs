using System.Diagnostics;
using System.Globalization;
using DepthPro.Training.Scenes;
using Microsoft.ML;

namespace TrainingQuality;

/// <summary>A few minutes of Fit, from the demo model, on twenty scenes of a domain that it does not know: fog, and a lens with a narrow field of view.</summary>
internal static class FineTuningTrial
{
    private const int TrainingScenes = 20, Width = 320, Height = 240;

    private const long FirstSeed = 50_000; // below the held-out scenes

    private static readonly SceneOptions Foggy = SceneOptions.Plain with { FogProbability = 1, FogVisibilityMeters = new(10, 40), FieldOfViewDegrees = new(25, 35) };

    public static void Run(int heldOut, TextWriter output)
    {
        var ml = new MLContext();
        var rows = ml.Data.LoadScenes(new SceneLoadingOptions { Count = TrainingScenes, FirstSeed = FirstSeed, Scenes = Foggy, Width = Width, Height = Height, DepthColumnName = "Label" });
        var trainer = ml.DepthEstimation.Trainers.DepthPro("Depth", "Image", focalLengthColumnName: "FocalLength");
        var scenes = new HeldOutScenes("foggy, narrow", Foggy, heldOut);
        using var before = ml.Transforms.EstimateDepth("Depth", "Image", focalLengthColumnName: "FocalLength").Fit(rows);
        var watch = Stopwatch.StartNew();
        using var after = trainer.Fit(rows);
        var minutes = watch.Elapsed.TotalMinutes;
        var (was, value) = (AbsRel(before, scenes, ml), AbsRel(after, scenes, ml));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Fit on {TrainingScenes} foggy scenes of 25 to 35 degrees, {minutes:f1} minutes; on {heldOut} others AbsRel {was:f3} before, {value:f3} after: {1 - value / was:p0} lower"));
    }

    private static double AbsRel(ITransformer transformer, HeldOutScenes scenes, MLContext ml)
    {
        var rows = ml.Data.LoadScenes(new SceneLoadingOptions { Count = scenes.Count, FirstSeed = HeldOutScenes.FirstSeed, Scenes = scenes.Options, Width = Width, Height = Height, DepthColumnName = "Label" });
        return ml.DepthEstimation.Evaluate(transformer.Transform(rows), options: new() { Depth = HeldOutScenes.Range }).Depth.Mean.AbsRel;
    }
}
