namespace DepthPro.Network.Onnx;

/// <summary>A tensor at the border of an ONNX model. A dimension that the file leaves open is 0. Immutable, thread-safe.</summary>
public sealed record OnnxTensor(string Name, IReadOnlyList<int> Shape)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape.Select(d => d == 0 ? "?" : $"{d}"))}]";
}

/// <summary>The inputs and outputs of an ONNX file, read without its weights and without a runtime. Immutable, thread-safe.</summary>
public sealed record OnnxInterface(IReadOnlyList<OnnxTensor> Inputs, IReadOnlyList<OnnxTensor> Outputs)
{
    // Field numbers: onnx/onnx.proto3.
    private const int ModelGraph = 7, GraphInitializer = 5, GraphInput = 11, GraphOutput = 12, TensorName = 8, TensorExternalData = 13, EntryKey = 1, EntryValue = 2,
        ValueName = 1, ValueType = 2, TypeTensor = 1, TensorTypeShape = 2, ShapeDimension = 1, DimensionValue = 1;

    /// <summary>The files beside the model that hold its weights, by name; none when all weights are inside.</summary>
    public IReadOnlyList<string> DataFiles { get; init; } = [];

    /// <summary>Reads the interface.</summary>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="InvalidDataException">Not an ONNX model.</exception>
    public static OnnxInterface Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads the interface from a seekable stream, which stays the caller's.</summary>
    internal static OnnxInterface Read(Stream stream, string path)
    {
        try
        {
            List<OnnxTensor> inputs = [], outputs = [];
            var (initializers, dataFiles) = (new HashSet<string>(), new SortedSet<string>(StringComparer.Ordinal));
            var reader = new ProtobufReader(stream);
            foreach (var graph in reader.Fields(0, stream.Length).Where(f => f.Number == ModelGraph && f.IsBytes))
            {
                foreach (var field in reader.Fields(graph).Where(f => f.IsBytes))
                {
                    if (field.Number == GraphInput) { inputs.Add(Tensor(reader, field)); }
                    if (field.Number == GraphOutput) { outputs.Add(Tensor(reader, field)); }
                    if (field.Number != GraphInitializer) { continue; }
                    var tensor = reader.Fields(field);
                    initializers.UnionWith(tensor.Where(f => f.Number == TensorName && f.IsBytes).Select(reader.Text));
                    dataFiles.UnionWith(tensor.Where(f => f.Number == TensorExternalData && f.IsBytes).Select(f => Location(reader, f)).OfType<string>());
                }
            }
            inputs.RemoveAll(input => initializers.Contains(input.Name)); // old files list weights as inputs too
            return outputs.Count > 0 ? new(inputs, outputs) { DataFiles = [.. dataFiles] } : throw new InvalidDataException("it holds no graph with outputs");
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException($"'{path}' is not an ONNX model: {exception.Message}. Expected an .onnx file or a model folder made by 'depthpro convert'.", exception);
        }
    }

    // The value of external_data's entry "location"; null of its other entries.
    private static string? Location(ProtobufReader reader, ProtobufField entry)
    {
        var fields = reader.Fields(entry).Where(f => f.IsBytes).ToList();
        string? Text(int number) => fields.Where(f => f.Number == number).Select(reader.Text).LastOrDefault();
        return Text(EntryKey) == "location" ? Text(EntryValue) : null;
    }

    private static OnnxTensor Tensor(ProtobufReader reader, ProtobufField value)
    {
        var (name, shape) = ("", new List<int>());
        foreach (var field in reader.Fields(value).Where(f => f.IsBytes))
        {
            if (field.Number == ValueName) { name = reader.Text(field); }
            if (field.Number != ValueType) { continue; }
            foreach (var dimension in reader.Fields(field).Where(f => f.Number == TypeTensor && f.IsBytes)
                .SelectMany(type => reader.Fields(type).Where(f => f.Number == TensorTypeShape && f.IsBytes).ToList())
                .SelectMany(s => reader.Fields(s).Where(f => f.Number == ShapeDimension && f.IsBytes).ToList()))
            {
                shape.Add(reader.Fields(dimension).Where(f => f.Number == DimensionValue && !f.IsBytes).Select(f => checked((int)Math.Max(f.Value, 0))).FirstOrDefault()); // some exporters write -1 for a free one
            }
        }
        return new(name, shape);
    }
}
