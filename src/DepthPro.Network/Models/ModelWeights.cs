using System.Collections.ObjectModel;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;

namespace DepthPro.Network;

/// <summary>The weights of a model folder by their names in the checkpoint: what <see cref="ModelConverter"/> wrote, read back. Thread-safe but for disposal.</summary>
internal sealed class ModelWeights : Checkpoint
{
    private readonly Dictionary<string, CheckpointStream> _files = [];
    private readonly Dictionary<string, (Parameter Parameter, CheckpointStream File, long Offset)> _places = [];

    /// <param name="path">The model folder.</param>
    /// <param name="manifest">What it says of itself.</param>
    /// <param name="isWhole">Whether the network is in one file.</param>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file holds not the weights that the network has; the message names file and weight.</exception>
    public ModelWeights(string path, ModelManifest manifest, bool isWhole) : base(path)
    {
        var tensors = new OrderedDictionary<string, TensorInfo>();
        try
        {
            foreach (var graph in isWhole ? [DepthProNetwork.Whole(manifest.Network)] : DepthProNetwork.Parts(manifest.Network))
            {
                var model = Path.Combine(path, $"{graph.Name}.onnx");
                if (!File.Exists(model)) { throw new FileNotFoundException($"The model's file '{model}' is missing. Convert the checkpoint again, or copy the whole folder.", model); }
                var stored = OnnxInitializer.ReadAll(model);
                foreach (var parameter in graph.Parameters) { tensors[parameter.Path] = Find(parameter, stored, model, manifest.Precision); }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
        Tensors = new ReadOnlyDictionary<string, TensorInfo>(tensors);
        var metadata = new Dictionary<string, string> { [ModelConverter.ConfigMetadata] = ModelManifest.ConfigToJson(manifest.Network) };
        if (manifest.Licence is { } licence) { metadata[ModelConverter.LicenceMetadata] = licence; }
        Metadata = metadata;
    }

    public override string Format => "model folder";

    public override IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    public override IReadOnlyDictionary<string, string> Metadata { get; }

    public override void Read(string name, Span<float> destination)
    {
        var tensor = Require(name, destination.Length);
        var (parameter, file, offset) = _places[name];
        if (!parameter.Transposed)
        {
            TensorValues.ReadContiguous(file, offset, tensor.Type, destination);
            return;
        }
        var (rows, columns) = (parameter.Shape[0], parameter.Shape[1]);
        var stored = GC.AllocateUninitializedArray<float>(destination.Length);
        TensorValues.ReadContiguous(file, offset, tensor.Type, stored);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) { destination[column * rows + row] = stored[row * columns + column]; }
        }
    }

    public override void Dispose()
    {
        foreach (var file in _files.Values) { file.Dispose(); }
        base.Dispose();
    }

    private TensorInfo Find(Parameter parameter, IReadOnlyDictionary<string, OnnxInitializer> stored, string model, string? precision)
    {
        var half = OnnxWriter.HalfName(parameter.Name);
        if (!stored.TryGetValue(parameter.Name, out var tensor) && !stored.TryGetValue(half, out tensor))
        {
            throw new InvalidDataException($"'{model}' holds no weight '{parameter.Name}' and no '{half}' among its {stored.Count} tensors; the network of {ModelManifest.FileName} needs it. Convert the checkpoint again.");
        }
        if (tensor.DataType is ElementType.Int8 or ElementType.UInt8) { throw new InvalidDataException($"'{model}' holds '{tensor.Name}' rounded to {precision ?? "integers"}, from which no training goes on; expected float32 or float16. Use the checkpoint that it was converted from, or a model of it in fp32."); }
        var type = tensor.DataType switch { ElementType.Float32 => TensorType.Float32, ElementType.Float16 => TensorType.Float16, _ => throw new InvalidDataException($"'{model}' holds '{tensor.Name}' as TensorProto.DataType {(int)tensor.DataType}; expected float32 (1) or float16 (10).") };
        if (!tensor.Shape.SequenceEqual(parameter.Shape.ToArray())) { throw new InvalidDataException($"'{model}' holds '{tensor.Name}' as [{string.Join(", ", tensor.Shape)}]; the network of {ModelManifest.FileName} has it as {parameter.Shape}."); }
        var expected = parameter.Shape.Count * type.ByteCount();
        if (tensor.Length >= 0 && tensor.Length != expected) { throw new InvalidDataException($"'{model}' keeps '{tensor.Name}' in {tensor.Length} bytes; expected {expected}, as its shape has."); }
        if (tensor.DataFile is { } name && name != Path.GetFileName(name)) { throw new InvalidDataException($"'{model}' keeps '{tensor.Name}' in '{name}'; expected a file of the model folder."); }
        _places[parameter.Path] = (parameter, FileAt(tensor.DataFile is null ? model : Path.Combine(Name, tensor.DataFile)), tensor.Offset);
        return new(parameter.Path, type, parameter.CheckpointShape.ToArray());
    }

    private CheckpointStream FileAt(string path)
    {
        if (_files.TryGetValue(path, out var file)) { return file; }
        if (!File.Exists(path)) { throw new FileNotFoundException($"The model's file '{path}' is missing, which holds weights. Convert the checkpoint again, or copy the whole folder.", path); }
        return _files[path] = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), path, $"The model's file '{path}'");
    }
}
