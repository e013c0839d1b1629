using DepthPro.Training.Curriculum;
using DepthPro.Training.Data;
using DepthPro.Network;

namespace DepthPro.Training.Runs;

/// <summary>Photos that nothing is learnt from, and what a network makes of them. Not thread-safe.</summary>
internal sealed class ValidationPhotos
{
    // Metres beyond which depth is not asked for: the sky and what is near it.
    private static readonly DepthMetricsOptions Range = new() { MinDepth = 0.1f, MaxDepth = 80 };

    private readonly NetworkConfig _config;
    private readonly TrainingSet _set;
    private readonly List<TrainingExample> _examples;

    public ValidationPhotos(TrainingSet set, int count, DepthTrainingOptions options)
    {
        (_set, _config) = (set, options.Network);
        _examples = [.. Enumerable.Range(0, count).Select(i => set.Draw(i, options.Seed, options.Network))];
    }

    /// <summary>The means over the photos.</summary>
    public TrainingValidation Judge(StageRun run, TrainingStage stage)
    {
        var (depth, boundary, degrees) = (new List<DepthMetrics>(), new List<BoundaryMetrics>(), new List<double>());
        foreach (var chunk in _examples.Chunk(stage.PhotosPerStep))
        {
            PreparedPhoto[] batch = [.. Enumerable.Range(0, stage.PhotosPerStep).Select(i => Prepared(chunk[i % chunk.Length]))];
            run.Evaluate(batch);
            for (var i = 0; i < chunk.Length; i++)
            {
                if (stage.Task is TrainingTask.Depth or TrainingTask.Decoder)
                {
                    var (predicted, truth) = (Meters(run.OutputOf(i, DepthGraph.PredictionName), chunk[i]), Meters(chunk[i].InverseDepth, chunk[i]));
                    depth.Add(DepthMetrics.Of(predicted, truth, Range));
                    boundary.Add(BoundaryMetrics.Of(predicted, truth, _config.OutputSize, _config.OutputSize));
                }
                else if (stage.Task is TrainingTask.FieldOfView && !float.IsNaN(chunk[i].FieldOfViewDegrees))
                {
                    degrees.Add(Math.Abs(run.OutputOf(i, FieldOfViewGraph.PredictionName)[0] - chunk[i].FieldOfViewDegrees));
                }
            }
        }
        var means = DepthMetrics.MeanOf(depth).Mean;
        return new() { AbsRel = means.AbsRel, Delta1 = means.Delta1, BoundaryF1 = BoundaryMetrics.MeanOf(boundary).Mean.F1, FieldOfViewErrorDegrees = degrees.Count > 0 ? degrees.Average() : double.NaN };
    }

    private PreparedPhoto Prepared(TrainingExample example)
    {
        var photo = new PreparedPhoto(_config.InputSize, _config.OutputSize);
        photo.Fill(_set, example, AugmentationOptions.None, new(0));
        return photo;
    }

    // With the true focal length; of a photo whose field of view is unknown, up to a factor.
    private static float[] Meters(ReadOnlySpan<float> inverseDepth, TrainingExample example)
    {
        const float Smallest = 1e-4f; // MetricDepth's
        var relative = float.IsNaN(example.FieldOfViewDegrees) ? 1 : FocalLength.FromFieldOfView(example.FieldOfViewDegrees, 1);
        var meters = new float[inverseDepth.Length];
        for (var i = 0; i < meters.Length; i++) { meters[i] = relative / Math.Max(inverseDepth[i], Smallest); }
        return meters;
    }
}
