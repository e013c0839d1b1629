using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring;

/// <summary>A network in one of its two forms: parts, or a single file.</summary>
internal abstract class NetworkRunner : IDisposable
{
    /// <summary>The network input (3, S, S) to canonical inverse depth and, if asked for, field of view.</summary>
    public abstract DepthScore Score(ReadOnlyMemory<float> networkInput, bool estimateFieldOfView);

    /// <summary>Patches (35, 3, P, P) likewise.</summary>
    public abstract DepthScore ScorePatches(ReadOnlyMemory<float> patches, bool estimateFieldOfView);

    public abstract void Dispose();

    /// <summary>Runs a session over memory that is there: ONNX Runtime copies neither inputs nor outputs that are where it runs.</summary>
    /// <param name="session">What to run.</param>
    /// <param name="inputs">All inputs.</param>
    /// <param name="outputs">The outputs wanted.</param>
    protected static void Run(InferenceSession session, IEnumerable<Binding> inputs, IEnumerable<Binding> outputs)
    {
        using var binding = session.CreateIoBinding();
        using var run = new RunOptions();
        var values = new List<OrtValue>();
        try
        {
            OrtValue Made(Binding bound)
            {
                var value = bound.Tensor();
                values.Add(value);
                return value;
            }
            foreach (var input in inputs) { binding.BindInput(input.Name, Made(input)); }
            foreach (var output in outputs) { binding.BindOutput(output.Name, Made(output)); }
            session.RunWithBinding(run, binding);
            binding.SynchronizeBoundOutputs();
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    /// <summary>A tensor over memory of the process.</summary>
    protected static OrtValue Tensor(Memory<float> memory, params int[] shape) => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, [.. shape.Select(d => (long)d)]);

    /// <summary>A tensor's name, and how to make the tensor over its memory.</summary>
    protected readonly record struct Binding(string Name, Func<OrtValue> Tensor)
    {
        public Binding(string name, Memory<float> memory, params int[] shape) : this(name, () => NetworkRunner.Tensor(memory, shape)) { }
    }
}
