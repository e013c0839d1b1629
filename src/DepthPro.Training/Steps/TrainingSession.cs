using System.Globalization;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using DepthPro.Scoring.Devices;
using DepthPro.Training.Gradients;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Training;

/// <summary>Learns a graph's parameters: each step runs the graph and its gradient on a batch, and changes the parameters by Adam's rule. Not thread-safe.</summary>
/// <remarks>The same steps from the same state give the same bits, for a number of shards and of threads of the device, however many shards run at once. All memory is allotted in the constructor and by the first step.</remarks>
public sealed class TrainingSession : IDisposable
{
    private const string StepsMetadata = "steps", MeanPrefix = "adam.mean.", MeanSquarePrefix = "adam.meanSquare.";

    private readonly List<Parameter> _parameters;
    private readonly ParameterMemory _memory;
    private readonly InferenceSession _session;
    private readonly ShardedRun _run;
    private readonly GradientMean _mean;
    private readonly AdamUpdate _adam;

    /// <summary>Takes over a graph, which must not be used elsewhere then.</summary>
    /// <param name="graph">The network and its losses; its outputs can be read after each step.</param>
    /// <param name="loss">The tensor of one element that is to become small.</param>
    /// <param name="groups">The parameters that learn; the others are frozen.</param>
    /// <param name="initial">The parameters' first values.</param>
    /// <param name="adam">The rule; null for its defaults.</param>
    /// <param name="device">Where it runs; null for the CPU. Its threads are those of each shard.</param>
    /// <param name="shards">How many times the graph runs in a step, each time on its own part of the batch; the gradient is the mean of the shards'. With several, a shard has one thread unless the
    /// device says otherwise: shards at once make fuller use of a CPU's cores than several threads for one operation do, and small ones of its caches.</param>
    /// <param name="atOnce">How many shards run at once; 0: one for each processor core.</param>
    /// <exception cref="ArgumentException">A group holds no parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No shards, or a negative number of them at once.</exception>
    /// <exception cref="InvalidOperationException">The device cannot be had.</exception>
    public TrainingSession(Graph graph, Value loss, IReadOnlyList<ParameterGroup> groups, ParameterReader initial, AdamOptions? adam = null, DeviceOptions? device = null, int shards = 1, int atOnce = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shards);
        ArgumentOutOfRangeException.ThrowIfNegative(atOnce);
        _parameters = [.. graph.Parameters];
        _memory = new(_parameters, groups, shards, Math.Min(shards, atOnce > 0 ? atOnce : Environment.ProcessorCount));
        foreach (var (group, range) in groups.Zip(_memory.Groups).Where(pair => pair.Second.Start.Equals(pair.Second.End)))
        {
            throw new ArgumentException($"Group '{group.Name}' holds none of the graph's {_parameters.Count} parameters that no group before it holds; their names begin with {string.Join(", ", _parameters.Select(p => $"'{p.Path.Split('.')[0]}'").Distinct())}.", nameof(groups));
        }
        _memory.Load(_memory.Values, initial);
        GradientOutputs.Add(graph, _memory.Learning.Zip(Differentiation.Gradients(loss, _memory.Learning), (parameter, gradient) => (GradientOf(parameter), gradient)));
        graph.Prune();

        device ??= new() { Device = ExecutionDevice.Cpu };
        var opened = DeviceSession.Choose(shards > 1 && device.Threads == 0 ? device with { Threads = 1 } : device);
        _session = opened.Open(Bytes(graph));
        _run = new(_session, graph, shards, _memory, _memory.Learning.ToDictionary(GradientOf));
        (_mean, _adam) = (new(_memory, shards), new(_memory, adam ?? new()));
    }

    /// <summary>The graph's parameters, by their names in the checkpoint.</summary>
    public IEnumerable<string> ParameterNames => _parameters.Select(parameter => parameter.Path);

    /// <summary>Number of steps done.</summary>
    public int Steps { get; private set; }

    /// <summary>Memory of an input, to write a batch into; the shards' parts one after another.</summary>
    /// <exception cref="KeyNotFoundException">The graph has no such input.</exception>
    public Span<float> Input(string name) => _run.Inputs[name];

    /// <summary>An output of the graph in the last step, before the parameters changed; the shards' one after another.</summary>
    /// <exception cref="KeyNotFoundException">The graph has no such output.</exception>
    public ReadOnlySpan<float> Output(string name) => _run.Outputs[name];

    /// <summary>Computes the gradient for the batch in the inputs and changes the parameters.</summary>
    /// <param name="learningRates">One for each group.</param>
    /// <returns>The gradient's norm over all parameters, before it is clipped; if it is not finite, no parameter was changed and the step does not count.</returns>
    /// <exception cref="ArgumentException">There are not as many rates as groups.</exception>
    public float Step(params ReadOnlySpan<float> learningRates)
    {
        if (learningRates.Length != _memory.Groups.Count) { throw new ArgumentException($"{learningRates.Length} learning rates for {_memory.Groups.Count} groups; expected one for each.", nameof(learningRates)); }
        _run.Run(_mean.Add);
        if (float.IsFinite(_mean.Norm)) { _adam.Apply(_mean.Norm, ++Steps, learningRates); }
        return _mean.Norm;
    }

    /// <summary>Computes the graph's outputs for the batch in the inputs, and changes nothing.</summary>
    public void Evaluate() => _run.Run();

    /// <summary>A parameter's values as they are now.</summary>
    /// <param name="name">Its name in the checkpoint.</param>
    /// <param name="destination">As long as the parameter; in the checkpoint's order.</param>
    /// <exception cref="KeyNotFoundException">The graph has no such parameter.</exception>
    public void Read(string name, Span<float> destination) => _memory.Store(_memory.Values, name).CopyTo(destination);

    /// <summary>Writes the parameters as a safetensors checkpoint with the network's tensor names.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="metadata">Text pairs for the file, such as the network's sizes under <see cref="Network.ModelConverter.ConfigMetadata"/>.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null)
        => SafetensorsWriter.Write(path, [.. _parameters.Select(p => Info(p))], info => _memory.Store(_memory.Values, info.Name), metadata);

    /// <summary>Writes all that the next steps depend on but the batches: parameters, Adam's moments, and the number of steps.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="metadata">Further text pairs for the file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveState(string path, IReadOnlyDictionary<string, string>? metadata = null)
        => SafetensorsWriter.Write(path,
            [.. _parameters.Select(p => Info(p)), .. _memory.Learning.Select(p => Info(p, MeanPrefix)), .. _memory.Learning.Select(p => Info(p, MeanSquarePrefix))],
            info => info.Name.StartsWith(MeanPrefix, StringComparison.Ordinal) ? _memory.Store(_memory.Mean, info.Name[MeanPrefix.Length..])
                : info.Name.StartsWith(MeanSquarePrefix, StringComparison.Ordinal) ? _memory.Store(_memory.MeanSquare, info.Name[MeanSquarePrefix.Length..])
                : _memory.Store(_memory.Values, info.Name),
            new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { [StepsMetadata] = Steps.ToString(CultureInfo.InvariantCulture) });

    /// <summary>Goes on where <see cref="SaveState"/> was called, in a session of the same graph and groups: the same batches then give the same bits.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or not a state.</exception>
    /// <exception cref="ArgumentException">The state is of another network or of other groups; the message names the tensor.</exception>
    public void LoadState(string path)
    {
        using var state = Checkpoint.Open(path);
        if (!state.Metadata.TryGetValue(StepsMetadata, out var text) || !int.TryParse(text, CultureInfo.InvariantCulture, out var steps))
        {
            throw new InvalidDataException($"'{path}' has no metadata '{StepsMetadata}'; expected a file that {nameof(TrainingSession)}.{nameof(SaveState)} wrote. A checkpoint of parameters alone is given as a session's first values.");
        }
        _memory.Load(_memory.Values, state.Read);
        _memory.Load(_memory.Mean, (name, values) => state.Read(MeanPrefix + name, values));
        _memory.Load(_memory.MeanSquare, (name, values) => state.Read(MeanSquarePrefix + name, values));
        Steps = steps;
    }

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static string GradientOf(Parameter parameter) => $"gradient:{parameter.Path}";

    private static TensorInfo Info(Parameter parameter, string prefix = "") => new(prefix + parameter.Path, TensorType.Float32, parameter.CheckpointShape.ToArray());

    private static byte[] Bytes(Graph graph)
    {
        using var model = new MemoryStream();
        OnnxWriter.WriteWithoutWeights(graph, model);
        return model.ToArray();
    }
}
