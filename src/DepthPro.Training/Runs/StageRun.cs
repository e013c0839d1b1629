using System.Numerics.Tensors;
using DepthPro.Training.Curriculum;
using DepthPro.Training.Data;

namespace DepthPro.Training.Runs;

/// <summary>One stage at work: its graph in a session, photos written into it, steps made. Not thread-safe.</summary>
internal sealed class StageRun : IDisposable
{
    private readonly TrainingStage _stage;
    private readonly StageGraph _graph;
    private readonly Dictionary<string, int> _inputLengths;
    private readonly string[] _terms;
    private readonly ulong _seed;
    private readonly int _shards;

    public StageRun(TrainingStage stage, DepthTrainingOptions options, IReadOnlyList<TrainingSet> sets, NetworkWeights weights)
    {
        _stage = stage;
        _seed = options.Seed;
        _shards = ShardsOf(stage, options);
        _graph = StageGraph.Of(stage, options.Network, sets, stage.PhotosPerStep / _shards, options.Leak);
        var (graph, loss) = _graph.Build();
        _inputLengths = graph.Inputs.ToDictionary(input => input.Name, input => (int)input.Shape.Count / _graph.Photos);
        _terms = [.. graph.Outputs.Where(output => output.Shape.Length == 1).Select(output => output.Name)]; // predictions have more dimensions
        var parameters = graph.Parameters.ToDictionary(parameter => parameter.Path);
        var initial = new InitialWeights(options.Network, options.Seed);
        Session = new(graph, loss, stage.Groups(), (name, destination) => weights.Read(parameters[name], destination, initial), stage.Adam,
            DeviceOf(options, _shards), _shards, options.Threads);
    }

    public TrainingSession Session { get; }

    /// <summary>The losses of the last step or evaluation, by name, the whole one among them.</summary>
    public IReadOnlyDictionary<string, float> Losses => _terms.ToDictionary(name => name, name => TensorPrimitives.Sum(Session.Output(name)) / _shards);

    /// <summary>How many parts a step's photos are computed in.</summary>
    /// <remarks>The network on a whole photo is work enough for a shard, and a larger one leaves the processor's caches; what is less work, such as single patches, is shared out among the threads.</remarks>
    /// <exception cref="ArgumentException">There are not as many photos for each thread.</exception>
    public static int ShardsOf(TrainingStage stage, DepthTrainingOptions options)
    {
        if (options.Device is not null and not { Device: ExecutionDevice.Cpu }) { return 1; } // a GPU wants all of a step at once
        if (stage.Task is TrainingTask.Depth or TrainingTask.Decoder) { return stage.PhotosPerStep; }
        if (options.Threads > 0)
        {
            return stage.PhotosPerStep % options.Threads == 0 ? options.Threads
                : throw new ArgumentException($"Stage '{stage.Name}' has {stage.PhotosPerStep} photos a step and {options.Threads} threads; expected a multiple of the threads, so that each has as many.");
        }
        return Enumerable.Range(1, Environment.ProcessorCount).Last(threads => stage.PhotosPerStep % threads == 0);
    }

    // A single shard has all threads for itself.
    private static DeviceOptions DeviceOf(DepthTrainingOptions options, int shards)
    {
        var device = options.Device ?? new() { Device = ExecutionDevice.Cpu };
        return shards == 1 && device.Threads == 0 ? device with { Threads = options.Threads } : device;
    }

    /// <summary>A photo's part of an output.</summary>
    public ReadOnlySpan<float> OutputOf(int photo, string name)
    {
        var output = Session.Output(name);
        var length = output.Length / _stage.PhotosPerStep;
        return output.Slice(photo * length, length);
    }

    /// <summary>Learns from a batch.</summary>
    /// <returns>The gradient's norm.</returns>
    public float Step(IReadOnlyList<PreparedPhoto> batch, double progress)
    {
        Write(batch, Session.Steps);
        return Session.Step(_stage.Rates(progress));
    }

    /// <summary>Computes a batch's outputs and learns nothing.</summary>
    public void Evaluate(IReadOnlyList<PreparedPhoto> batch)
    {
        Write(batch, step: -1);
        Session.Evaluate();
    }

    public void Dispose() => Session.Dispose();

    private void Write(IReadOnlyList<PreparedPhoto> batch, int step)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var photo = i;
            _graph.Write(batch[i], name => Session.Input(name).Slice(photo * _inputLengths[name], _inputLengths[name]), SeededRandom.Of(_seed + (ulong)i, (ulong)step));
        }
    }
}
