using System.Collections.ObjectModel;

namespace DepthPro.Network.Checkpoints;

/// <summary>A safetensors file.</summary>
internal sealed class SafetensorsCheckpoint : Checkpoint
{
    private readonly CheckpointStream _source;
    private readonly Dictionary<string, long> _byteOffsets = [];

    public SafetensorsCheckpoint(CheckpointStream source) : base(source.Name)
    {
        _source = source;
        var header = new SafetensorsHeader(source);
        var tensors = new OrderedDictionary<string, TensorInfo>();
        foreach (var (tensor, byteOffset) in header.Tensors)
        {
            tensors.Add(tensor.Name, tensor);
            _byteOffsets.Add(tensor.Name, byteOffset);
        }
        Tensors = new ReadOnlyDictionary<string, TensorInfo>(tensors);
        Metadata = new ReadOnlyDictionary<string, string>(header.Metadata);
    }

    public override string Format => "safetensors";

    public override IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    public override IReadOnlyDictionary<string, string> Metadata { get; }

    public override void Read(string name, Span<float> destination) =>
        TensorValues.ReadContiguous(_source, _byteOffsets[Require(name, destination.Length).Name], Tensors[name].Type, destination);

    public override void Dispose()
    {
        _source.Dispose();
        base.Dispose();
    }
}
