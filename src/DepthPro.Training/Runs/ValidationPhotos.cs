using DepthPro.Network;
using DepthPro.Training.Curriculum;
using DepthPro.Training.Data;

namespace DepthPro.Training.Runs;

/// <summary>Photos that nothing is learnt from, and what a network makes of them. Not thread-safe.</summary>
internal sealed class ValidationPhotos
{
    // Metres beyond which depth is not asked for: the sky and what is near it.
    private static readonly DepthMetricsOptions Range = new() { MinDepth = 0.1f, MaxDepth = 80 };

    // The same photos whatever the training's seed, so that trainings can be compared.
    private const ulong Seed = 0;

    private readonly NetworkConfig _config;
    private readonly TrainingSet _set;
    private readonly Func<int, TrainingExample> _example;
    private readonly int _count;

    public ValidationPhotos(TrainingSet set, int count, DepthTrainingOptions options)
    {
        (_set, _config, _count) = (set, options.Network, Math.Min(count, set.Length ?? count));
        TrainingExample Draw(int i) => set.Draw(i, Seed, options.Network);
        // All are drawn now, so that one that cannot be used is found before hours of training.
        var examples = new List<TrainingExample>();
        for (var i = 0; i < _count; i++)
        {
            var example = Draw(i);
            if (!set.KeepsExamples) { examples.Add(example); }
        }
        _example = set.KeepsExamples ? Draw : i => examples[i];
    }

    /// <summary>The means over the photos.</summary>
    public TrainingValidation Judge(StageRun run, TrainingStage stage)
    {
        var (depth, degrees, trueDegrees) = (new List<DepthComparison>(), new List<float>(), new List<float>());
        var range = _set.IsMetric ? Range : new() { Alignment = DepthAlignment.AffineInverse };
        foreach (var chunk in Enumerable.Range(0, _count).Select(_example).Chunk(stage.PhotosPerStep))
        {
            PreparedPhoto[] batch = [.. Enumerable.Range(0, stage.PhotosPerStep).Select(i => Prepared(chunk[i % chunk.Length]))];
            run.Evaluate(batch);
            for (var i = 0; i < chunk.Length; i++)
            {
                if (stage.Task is TrainingTask.Depth or TrainingTask.Decoder)
                {
                    var (predicted, truth) = (Meters(run.OutputOf(i, DepthGraph.PredictionName), chunk[i]), Meters(chunk[i].InverseDepth, chunk[i]));
                    depth.Add(new() { Depth = DepthMetrics.Of(predicted, truth, range), Boundary = BoundaryMetrics.Of(predicted, truth, _config.OutputSize, _config.OutputSize) });
                }
                else if (stage.Task is TrainingTask.FieldOfView && !float.IsNaN(chunk[i].FieldOfViewDegrees))
                {
                    degrees.Add(run.OutputOf(i, FieldOfViewGraph.PredictionName)[0]);
                    trueDegrees.Add(chunk[i].FieldOfViewDegrees);
                }
            }
        }
        var all = DepthEstimationMetrics.Of(depth);
        return new()
        {
            AbsRel = all.Depth.Mean.AbsRel,
            Delta1 = all.Depth.Mean.Delta1,
            BoundaryF1 = all.Boundary.Mean.F1,
            FieldOfViewErrorDegrees = degrees.Count > 0 ? degrees.Zip(trueDegrees, (p, t) => Math.Abs((double)p - t)).Average() : double.NaN,
            Depth = depth.Count > 0 ? all : null,
            FocalLength = degrees.Count > 0 ? FocalLengthMetrics.Of(Focal(degrees), Focal(trueDegrees)) : null,
        };
        static float[] Focal(List<float> degrees) => [.. degrees.Select(d => FocalLength.FromFieldOfView(d, 1))];
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
