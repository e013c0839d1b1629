namespace DepthPro.Network.Checkpoints.Torch;

// What a checkpoint's pickle can hold, besides null, bool, long, double, string, byte[], object?[] (a tuple) and List<object?> (a list).

/// <summary>A dict or OrderedDict; attributes set by BUILD, such as a state dictionary's <c>_metadata</c>, are dropped.</summary>
internal sealed class PickleDictionary
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}

/// <summary>A value that no tensor depends on, such as a device or a number beyond 64 bits.</summary>
internal sealed record PickleOpaque(string What);

/// <summary>An allowed global; for torch's storages and dtypes with their element type.</summary>
internal sealed record PickleGlobal(string Name, TensorType? Type);

/// <summary>A storage: the archive's entry <c>data/{Key}</c>. Without a type it is untyped and counts bytes.</summary>
internal sealed record PickleStorage(string Key, TensorType? Type, long Count);

/// <summary>A tensor: a strided view of a storage; offset and strides count elements. Not yet checked against anything.</summary>
internal sealed record PickleTensor(PickleStorage Storage, TensorType Type, long Offset, IReadOnlyList<long> Sizes, IReadOnlyList<long> Strides);
