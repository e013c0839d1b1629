using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Training.Curriculum;
using DepthPro.Training.Data;
using DepthPro.Training.Gradients;
using DepthPro.Training.Runs;

namespace DepthPro.Training;

/// <summary>How much memory a stage's steps need, from the shapes in its graph: nothing is run, and no weight is allotted. Immutable, thread-safe.</summary>
/// <remarks>Left out are the program and ONNX Runtime themselves (some 100 MB), what their allocators waste, and prepared photos that sets keep for later steps.</remarks>
public sealed record TrainingMemory
{
    // Batches that are read, ready and being made, at a time.
    private const int LoadedBatches = 3;

    /// <summary>The stage's name.</summary>
    public required string Stage { get; init; }

    /// <summary>Photos of a step.</summary>
    public required int PhotosPerStep { get; init; }

    /// <summary>Parts of a step's photos that are computed at the same time.</summary>
    public required int Threads { get; init; }

    /// <summary>Numbers that the stage teaches.</summary>
    public required long Learning { get; init; }

    /// <summary>The whole network's values, those of the stage's graph, and of what learns a gradient for each thread and their mean, and Adam's two moments.</summary>
    public required long ParameterBytes { get; init; }

    /// <summary>A step's photos, their depth, what is computed of them for the caller, and the photos that are prepared for the next steps.</summary>
    public required long PhotoBytes { get; init; }

    /// <summary>What is kept between the operations for the gradient, at the moment when it is most.</summary>
    public required long ActivationBytes { get; init; }

    /// <summary>All of it.</summary>
    public long TotalBytes => ParameterBytes + PhotoBytes + ActivationBytes;

    /// <summary>Estimates each stage of a training.</summary>
    /// <param name="options">What to train and how.</param>
    /// <param name="sets">What to learn from: their kinds decide which losses there are.</param>
    /// <exception cref="ArgumentException">There are no sets or stages, or a number is out of range.</exception>
    public static IReadOnlyList<TrainingMemory> Of(DepthTrainingOptions options, IReadOnlyList<TrainingSet> sets)
    {
        ArgumentNullException.ThrowIfNull(options);
        TrainingCheck.Check(options, sets);
        return [.. options.Stages.Select(stage => Of(stage, options, [.. sets.Where(set => !stage.SyntheticOnly || set is { IsReal: false, IsMetric: true })]))];
    }

    private static TrainingMemory Of(TrainingStage stage, DepthTrainingOptions options, IReadOnlyList<TrainingSet> sets)
    {
        var (config, shards) = (options.Network, StageRun.ShardsOf(stage, options));
        var threads = Math.Min(shards, options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        var (graph, loss) = StageGraph.Of(stage, config, sets, stage.PhotosPerStep / shards, options.Leak).Build();
        var groups = stage.Groups();
        Parameter[] learning = [.. graph.Parameters.Where(parameter => groups.Any(group => group.Holds(parameter.Path)))];
        long Count(IEnumerable<Value> values) => values.Sum(value => value.Shape.Count);
        var ends = Count(graph.Inputs) + Count(graph.Outputs);
        foreach (var gradient in Differentiation.Gradients(loss, learning).OfType<Value>()) { graph.Output("gradient", gradient); }
        graph.Prune();

        var network = Count(DepthProNetwork.Parts(config).SelectMany(part => part.Parameters));
        var (pixels, map) = (3L * config.InputSize * config.InputSize, (long)config.OutputSize * config.OutputSize);
        const int Float = sizeof(float), Moments = 2;
        return new()
        {
            Stage = stage.Name,
            PhotosPerStep = stage.PhotosPerStep,
            Threads = threads,
            Learning = Count(learning),
            ParameterBytes = Float * (network + Count(graph.Parameters) + (threads + (shards > 1 ? 1 : 0) + Moments) * Count(learning)),
            PhotoBytes = Float * (shards * ends + LoadedBatches * stage.PhotosPerStep * (2 * pixels + map)), // pixels and as many to work with
            ActivationBytes = threads * ActivationMemory.PeakBytes(graph),
        };
    }
}
