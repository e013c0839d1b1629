using System.Globalization;
using DepthPro.Network.Graphs;

namespace DepthPro.Network.Onnx;

/// <summary>A tensor that an ONNX file holds, and where its values lie. Immutable, thread-safe.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="DataType">What it is made of; any number of the file's.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="DataFile">The file beside the model that holds its values; null: the model itself.</param>
/// <param name="Offset">The first value's byte in that file.</param>
/// <param name="Length">Bytes; -1 when the file does not say.</param>
internal sealed record OnnxInitializer(string Name, ElementType DataType, IReadOnlyList<int> Shape, string? DataFile, long Offset, long Length)
{
    // Field numbers: onnx/onnx.proto3.
    private const int ModelGraph = 7, GraphInitializer = 5, TensorDimension = 1, TensorType = 2, TensorName = 8, TensorBytes = 9, TensorExternalData = 13, EntryKey = 1, EntryValue = 2;

    /// <summary>Finds the tensors of a model without reading their values.</summary>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="InvalidDataException">Not an ONNX model.</exception>
    public static IReadOnlyDictionary<string, OnnxInitializer> ReadAll(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            var found = new Dictionary<string, OnnxInitializer>();
            var reader = new ProtobufReader(stream);
            foreach (var graph in reader.Fields(0, stream.Length).Where(f => f.Number == ModelGraph && f.IsBytes))
            {
                foreach (var tensor in reader.Fields(graph).Where(f => f.Number == GraphInitializer && f.IsBytes).Select(f => Read(reader, f))) { found[tensor.Name] = tensor; }
            }
            return found;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or OverflowException or FormatException)
        {
            throw new InvalidDataException($"'{path}' is not an ONNX model: {exception.Message}. Convert the checkpoint again, or copy the whole model folder.", exception);
        }
    }

    private static OnnxInitializer Read(ProtobufReader reader, ProtobufField tensor)
    {
        var (name, type, shape, inside, entries) = ("", default(ElementType), new List<int>(), default(ProtobufField), new Dictionary<string, string>());
        foreach (var field in reader.Fields(tensor))
        {
            switch (field.Number, field.IsBytes)
            {
                case (TensorDimension, false): shape.Add(checked((int)field.Value)); break;
                case (TensorType, false): type = (ElementType)checked((int)field.Value); break;
                case (TensorName, true): name = reader.Text(field); break;
                case (TensorBytes, true): inside = field; break;
                case (TensorExternalData, true):
                    var entry = reader.Fields(field).Where(f => f.IsBytes).ToLookup(f => f.Number, reader.Text);
                    entries[entry[EntryKey].LastOrDefault("")] = entry[EntryValue].LastOrDefault("");
                    break;
            }
        }
        long Number(string key, long otherwise) => entries.TryGetValue(key, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return entries.TryGetValue("location", out var file)
            ? new(name, type, shape, file, Number("offset", 0), Number("length", -1))
            : new(name, type, shape, null, inside.Start, inside.Length);
    }
}
