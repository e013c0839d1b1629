using System.Collections.ObjectModel;

namespace DepthPro.Network.Checkpoints;

/// <summary>Another checkpoint's tensors under Apple's names; see <see cref="HuggingFaceNames.WithAppleNames"/>.</summary>
internal sealed class AppleNamedCheckpoint : Checkpoint
{
    private static readonly string[] Parts = ["query", "key", "value"];

    private readonly Checkpoint _inner;
    private readonly Dictionary<string, TensorInfo?[]> _sources = [];

    public AppleNamedCheckpoint(Checkpoint inner) : base(inner.Name)
    {
        _inner = inner;
        var order = new List<string>();
        foreach (var tensor in inner.Tensors.Values)
        {
            var (apple, part) = HuggingFaceNames.Rename(tensor.Name);
            if (!_sources.TryGetValue(apple, out var parts))
            {
                _sources.Add(apple, parts = new TensorInfo?[part is null ? 1 : Parts.Length]);
                order.Add(apple);
            }
            if ((part is null) != (parts.Length == 1) || parts[part ?? 0] is not null)
            {
                throw new InvalidDataException(
                    $"Checkpoint '{Name}' has tensor '{tensor.Name}', which stands for '{apple}', although another tensor does too ('{parts.First(p => p is not null)?.Name}'). It mixes Apple's and Hugging Face's names: save one set.");
            }
            parts[part ?? 0] = tensor;
        }
        var tensors = new OrderedDictionary<string, TensorInfo>();
        foreach (var apple in order) { tensors.Add(apple, Join(apple, _sources[apple])); }
        Tensors = new ReadOnlyDictionary<string, TensorInfo>(tensors);
    }

    public override string Format => _inner.Format;

    public override IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    public override IReadOnlyDictionary<string, string> Metadata => _inner.Metadata;

    public override void Read(string name, Span<float> destination)
    {
        var parts = _sources[Require(name, destination.Length).Name];
        var length = destination.Length / parts.Length;
        for (var p = 0; p < parts.Length; p++)
        {
            if (parts[p] is { } part) { _inner.Read(part.Name, destination.Slice(p * length, length)); }
        }
    }

    public override void Dispose()
    {
        _inner.Dispose();
        base.Dispose();
    }

    private TensorInfo Join(string apple, TensorInfo?[] parts)
    {
        if (parts is [{ } whole]) { return whole with { Name = apple }; }
        if (parts is [{ } query, { } key, { } value])
        {
            foreach (var other in (TensorInfo[])[key, value])
            {
                if (query.Shape.Count == 0 || query.Type != other.Type || !query.Shape.SequenceEqual(other.Shape))
                {
                    throw new InvalidDataException($"Checkpoint '{Name}' has {other}; expected the shape and type of {query}, with which it forms '{apple}'.");
                }
            }
            if (query.Shape[0] <= int.MaxValue / parts.Length)
            {
                return new TensorInfo(apple, query.Type, [query.Shape[0] * parts.Length, .. query.Shape.Skip(1)]);
            }
            throw new InvalidDataException($"Checkpoint '{Name}' has {query}, which is too large to form '{apple}'. The file is damaged.");
        }
        var missing = Parts.Where((_, p) => parts[p] is null);
        throw new InvalidDataException(
            $"Checkpoint '{Name}' lacks {string.Join(" and ", missing)} of '{apple}' beside '{parts.First(p => p is not null)?.Name}'. The file is incomplete: download or save it again.");
    }
}
