using System.Collections.Frozen;

namespace DepthPro.Network.Checkpoints.Torch;

/// <summary>
/// The only globals that a checkpoint may name, and what calling one of them means. Nothing is looked up or executed: each is a plain
/// description of data (torch/_utils.py for the arguments of the rebuild functions).
/// </summary>
internal static class PickleGlobals
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensor2 = "torch._utils._rebuild_tensor_v2";
    private const string RebuildTensor3 = "torch._utils._rebuild_tensor_v3";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const string RebuildParameterWithState = "torch._utils._rebuild_parameter_with_state";
    private const string Size = "torch.Size";
    private const string Device = "torch.device";
    private const string UntypedStorage = "torch.storage.UntypedStorage";

    private static readonly FrozenDictionary<string, PickleGlobal> Allowed = new[]
    {
        new PickleGlobal(OrderedDict, null), new(RebuildTensor2, null), new(RebuildTensor3, null), new(RebuildParameter, null),
        new(RebuildParameterWithState, null), new(Size, null), new(Device, null), new(UntypedStorage, null),
        new("torch.FloatStorage", TensorType.Float32), new("torch.HalfStorage", TensorType.Float16), new("torch.BFloat16Storage", TensorType.BFloat16),
        new("torch.DoubleStorage", TensorType.Float64), new("torch.LongStorage", TensorType.Int64), new("torch.IntStorage", TensorType.Int32),
        new("torch.ShortStorage", TensorType.Int16), new("torch.CharStorage", TensorType.Int8), new("torch.ByteStorage", TensorType.UInt8),
        new("torch.BoolStorage", TensorType.Bool),
    }.Concat(Enum.GetValues<TensorType>().Select(type => new PickleGlobal($"torch.{type.TorchName()}", type))).ToFrozenDictionary(g => g.Name);

    public static PickleGlobal Find(PickleBytes bytes, string module, string name) => Allowed.GetValueOrDefault($"{module}.{name}") ?? throw bytes.Bad(
        $"asks for global '{Shorten($"{module}.{name}")}' at byte {bytes.OpcodeAt}; only {OrderedDict}, torch.Size, torch.device, torch's storages and dtypes of {TypeNames} " +
        "and the functions that rebuild tensors and parameters are allowed. Nothing was executed. Save the weights alone: torch.save(model.state_dict(), path).");

    /// <summary>What a call of an allowed global gives (REDUCE).</summary>
    public static object Call(PickleBytes bytes, PickleGlobal function, object?[] arguments) => (function.Name, arguments) switch
    {
        (OrderedDict, []) => new PickleDictionary(),
        // requires_grad, backward_hooks and metadata follow.
        (RebuildTensor2, [PickleStorage { Type: { } type } storage, long offset, object?[] sizes, object?[] strides, ..]) =>
            new PickleTensor(storage, type, offset, Integers(bytes, sizes), Integers(bytes, strides)),
        (RebuildTensor3, [PickleStorage storage, long offset, object?[] sizes, object?[] strides, _, _, PickleGlobal { Type: { } type }, ..]) =>
            new PickleTensor(storage, type, offset, Integers(bytes, sizes), Integers(bytes, strides)),
        (RebuildParameter or RebuildParameterWithState, [PickleTensor tensor, ..]) => tensor,
        (Size, [object?[] sizes]) => sizes,
        (Device, _) => new PickleOpaque(Device),
        _ => throw bytes.BadAt($"'{function.Name}' is called with ({string.Join(", ", arguments.Take(8).Select(Describe))}), which torch.save does not write."),
    };

    /// <summary>The storage that a persistent id stands for: ("storage", type, key, location, count).</summary>
    public static PickleStorage Storage(PickleBytes bytes, object? id) => id switch
    {
        object?[] and ["storage", PickleGlobal { Name: var name, Type: var type }, string key, string, long count] when name.EndsWith("Storage", StringComparison.Ordinal) =>
            new PickleStorage(key, type, count),
        _ => throw bytes.BadAt($"the persistent id is {Describe(id)}; expected (\"storage\", type, key, location, count)."),
    };

    public static string Describe(object? value) => value switch
    {
        null => "None",
        string text => $"'{Shorten(text)}'",
        object?[] => "a tuple",
        List<object?> => "a list",
        PickleDictionary => "a dict",
        PickleGlobal global => global.Name,
        PickleTensor => "a tensor",
        PickleStorage => "a storage",
        PickleOpaque opaque => opaque.What,
        byte[] => "bytes",
        _ => FormattableString.Invariant($"{value}"),
    };

    private static string TypeNames => string.Join(", ", Enum.GetValues<TensorType>().Select(type => type.TorchName()));

    private static long[] Integers(PickleBytes bytes, object?[] values) =>
        [.. values.Select(value => value is long n ? n : throw bytes.BadAt($"a tensor's size or stride is {Describe(value)}; expected a whole number."))];

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
