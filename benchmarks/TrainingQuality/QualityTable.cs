using System.Globalization;
using DepthPro;

namespace TrainingQuality;

/// <summary>Errors of candidates on the same scenes, a line each.</summary>
internal static class QualityTable
{
    public static void Print(HeldOutScenes scenes, IReadOnlyList<Candidate> candidates, TextWriter output)
    {
        output.WriteLine($"\n{scenes.Count} {scenes.Name} scenes, {HeldOutScenes.Range.MinDepth} to {HeldOutScenes.Range.MaxDepth} m\n");
        output.WriteLine("| | delta1 | AbsRel | aligned delta1 | boundary F1 | field of view off by | delta1, own focal length | AbsRel, own focal length |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var candidate in candidates) { output.WriteLine(Line(scenes, candidate)); }
    }

    private static string Line(HeldOutScenes scenes, Candidate candidate)
    {
        var (depth, aligned, own, boundary, degrees) = (new List<DepthMetrics>(), new List<DepthMetrics>(), new List<DepthMetrics>(), new List<BoundaryMetrics>(), new List<double>());
        foreach (var scene in scenes.Render())
        {
            var estimate = candidate.WithTrueFocalLength(scene);
            depth.Add(DepthMetrics.Of(estimate, scene.Depth, HeldOutScenes.Range));
            aligned.Add(DepthMetrics.Of(estimate, scene.Depth, HeldOutScenes.Range with { Alignment = DepthAlignment.Median }));
            boundary.Add(BoundaryMetrics.Of(estimate, scene.Depth));
            if (candidate.OnItsOwn?.Invoke(scene) is not { } alone) { continue; }
            own.Add(DepthMetrics.Of(alone, scene.Depth, HeldOutScenes.Range));
            degrees.Add(Math.Abs(alone.FieldOfViewDegrees - scene.FieldOfViewDegrees));
        }
        var (mean, alignedMean, ownMean) = (DepthMetrics.MeanOf(depth).Mean, DepthMetrics.MeanOf(aligned).Mean, DepthMetrics.MeanOf(own).Mean);
        var ownText = own.Count == 0 ? "| | |" : string.Create(CultureInfo.InvariantCulture, $"{degrees.Average():f1}° | {ownMean.Delta1:f3} | {ownMean.AbsRel:f3} |");
        return string.Create(CultureInfo.InvariantCulture, $"| {candidate.Name} | {mean.Delta1:f3} | {mean.AbsRel:f3} | {alignedMean.Delta1:f3} | {BoundaryMetrics.MeanOf(boundary).Mean.F1:f4} | {ownText}");
    }
}
