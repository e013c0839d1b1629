using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Training;

/// <summary>A session with all its inputs and outputs bound to memory of ours, once: a run neither copies nor allocates them. Not thread-safe.</summary>
internal sealed class BoundRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values = [];

    public BoundRun(InferenceSession session) => (_session, _binding) = (session, session.CreateIoBinding());

    public void BindInput(string name, Memory<float> memory, params int[] shape) => _binding.BindInput(name, Tensor(memory, shape));

    public void BindOutput(string name, Memory<float> memory, params int[] shape) => _binding.BindOutput(name, Tensor(memory, shape));

    public void Run()
    {
        _session.RunWithBinding(_options, _binding);
        _binding.SynchronizeBoundOutputs();
    }

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _options.Dispose();
    }

    private OrtValue Tensor(Memory<float> memory, int[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, [.. shape.Select(d => (long)d)]);
        _values.Add(value);
        return value;
    }
}
