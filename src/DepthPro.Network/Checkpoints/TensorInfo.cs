namespace DepthPro.Network.Checkpoints;

/// <summary>Name, element type and shape of a checkpoint's tensor. Two infos are equal when all three are. Immutable, safe to share between threads.</summary>
/// <param name="Name">The tensor's path in the network, such as <c>encoder.fuse_lowres.weight</c>.</param>
/// <param name="Type">The type in which the file stores it.</param>
/// <param name="Shape">Sizes of the dimensions, outermost first; empty for a scalar. Copied.</param>
public sealed record TensorInfo(string Name, TensorType Type, IReadOnlyList<int> Shape)
{
    /// <summary>Sizes of the dimensions, outermost first, each 0 or more; empty for a scalar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public IReadOnlyList<int> Shape { get; init => field = Copy(value); } = Copy(Shape);

    /// <summary>Number of values: the product of the shape, 1 for a scalar.</summary>
    /// <exception cref="OverflowException">The product does not fit 64 bits; no tensor of a checkpoint is like that.</exception>
    public long Count => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <inheritdoc/>
    public bool Equals(TensorInfo? other) =>
        other is not null && Name == other.Name && Type == other.Type && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Shape.Aggregate(HashCode.Combine(Name, Type), HashCode.Combine);

    /// <summary>For messages: <c>encoder.x [1024, 3, 16, 16] float16</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}] {Type.TorchName()}";

    private static IReadOnlyList<int> Copy(IReadOnlyList<int> shape)
    {
        foreach (var size in shape) { ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(Shape)); }
        return [.. shape];
    }
}
