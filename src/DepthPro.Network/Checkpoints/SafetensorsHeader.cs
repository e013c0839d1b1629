using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text.Json;

namespace DepthPro.Network.Checkpoints;

/// <summary>
/// The header of a safetensors file: 8 bytes of length, then JSON of that length; the values follow without gaps
/// (github.com/huggingface/safetensors, README "Format" and Metadata::validate).
/// </summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";
    public const int LengthBytes = 8;

    // The published checkpoint's has 0.2 MiB. The reference implementation allows 100 MB, which parsed take gigabytes.
    private const long MaxBytes = 4 << 20;

    private static readonly FrozenDictionary<string, TensorType> Types = new Dictionary<string, TensorType>
    {
        ["F64"] = TensorType.Float64,
        ["F32"] = TensorType.Float32,
        ["F16"] = TensorType.Float16,
        ["BF16"] = TensorType.BFloat16,
        ["I64"] = TensorType.Int64,
        ["I32"] = TensorType.Int32,
        ["I16"] = TensorType.Int16,
        ["I8"] = TensorType.Int8,
        ["U8"] = TensorType.UInt8,
        ["BOOL"] = TensorType.Bool,
    }.ToFrozenDictionary();

    private readonly CheckpointStream _source;
    private readonly long _dataStart;

    public SafetensorsHeader(CheckpointStream source)
    {
        _source = source;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(source.Read(0, LengthBytes));
        if (length > Math.Min((ulong)MaxBytes, (ulong)(source.Length - LengthBytes)))
        {
            throw source.Bad(
                $"claims a safetensors header of {length} bytes; the file has {source.Length} bytes and a header at most {MaxBytes}. The file is cut off or damaged: download or save it again.");
        }
        _dataStart = LengthBytes + (long)length;
        try
        {
            using var json = JsonDocument.Parse(source.Read(LengthBytes, (int)length), new JsonDocumentOptions { AllowDuplicateProperties = false });
            Parse(json.RootElement);
        }
        catch (JsonException e)
        {
            throw source.Bad($"has a safetensors header that is not valid JSON: {e.Message} Download or save it again.", e);
        }
        // Strings with escapes that are no text (a lone surrogate).
        catch (InvalidOperationException e)
        {
            throw source.Bad($"has a safetensors header with text that is not valid Unicode: {e.Message}", e);
        }
    }

    /// <summary>The tensors in the order of their values, each with the file's byte where they begin.</summary>
    public List<(TensorInfo Tensor, long ByteOffset)> Tensors { get; } = [];

    public Dictionary<string, string> Metadata { get; } = [];

    private void Parse(JsonElement root)
    {
        var found = new List<(TensorInfo Tensor, long Begin, long End)>();
        foreach (var member in Members(root, "its header"))
        {
            if (member.Name != MetadataKey) { found.Add(ParseTensor(member.Name, member.Value)); }
            else
            {
                foreach (var pair in Members(member.Value, MetadataKey)) { Metadata.Add(pair.Name, Text(pair.Value, $"{MetadataKey} '{pair.Name}'")); }
            }
        }

        // Values may be listed in any order, but must fill the rest of the file.
        var end = 0L;
        foreach (var (tensor, begin, tensorEnd) in found.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            if (begin != end)
            {
                throw _source.Bad(
                    $"begins tensor '{tensor.Name}' at data byte {begin}; expected {end}, where the tensor before it ends. {(begin < end ? "Tensors overlap" : "There is a gap")}: the file is damaged.");
            }
            Tensors.Add((tensor, _dataStart + begin));
            end = tensorEnd;
        }
        if (end != _source.Length - _dataStart)
        {
            throw _source.Bad(
                $"has {_source.Length - _dataStart} bytes of values; its header expects {end}. The file is {(end > _source.Length - _dataStart ? "cut off: download or save it again" : "damaged")}.");
        }
    }

    private (TensorInfo Tensor, long Begin, long End) ParseTensor(string name, JsonElement entry)
    {
        var members = Members(entry, $"tensor '{name}'").ToDictionary(m => m.Name, m => m.Value);
        JsonElement Member(string member) => members.TryGetValue(member, out var value)
            ? value : throw _source.Bad($"has no '{member}' for tensor '{name}'; expected dtype, shape and data_offsets.");

        var dtype = Text(Member("dtype"), $"dtype of tensor '{name}'");
        if (!Types.TryGetValue(dtype, out var type))
        {
            throw _source.Bad($"stores tensor '{name}' as '{dtype}'; expected one of {string.Join(", ", Types.Keys.Order())}.");
        }
        var tensor = new TensorInfo(name, type, TensorShape.Check(_source, name, Integers(Member("shape"), $"shape of tensor '{name}'")));
        var offsets = Integers(Member("data_offsets"), $"data_offsets of tensor '{name}'");
        if (offsets.Count != 2 || offsets[0] > offsets[1] || offsets[1] > _source.Length - _dataStart)
        {
            throw _source.Bad(
                $"puts tensor '{name}' at data_offsets [{string.Join(", ", offsets)}]; expected a begin and an end within the {_source.Length - _dataStart} bytes of values. The file is cut off or damaged.");
        }
        var expected = tensor.Count * type.ByteCount();
        return offsets[1] - offsets[0] == expected
            ? (tensor, offsets[0], offsets[1])
            : throw _source.Bad($"has {offsets[1] - offsets[0]} bytes for tensor {tensor}; expected {expected}. The file is damaged.");
    }

    private JsonElement.ObjectEnumerator Members(JsonElement element, string what) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject() : throw _source.Bad($"has a JSON {element.ValueKind} for {what}; expected an object.");

    private string Text(JsonElement element, string what) => (element.ValueKind == JsonValueKind.String ? element.GetString() : null)
        ?? throw _source.Bad($"has a JSON {element.ValueKind} for {what}; expected text.");

    private List<long> Integers(JsonElement element, string what)
    {
        if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() <= TensorShape.MaxRank)
        {
            var values = element.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var v) ? v : -1).ToList();
            if (values.All(v => v >= 0)) { return values; }
        }
        throw _source.Bad($"has {(element.GetRawText() is { Length: <= 200 } json ? json : "a long text")} for {what}; expected an array of at most {TensorShape.MaxRank} whole numbers, 0 or more.");
    }
}
