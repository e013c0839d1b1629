namespace DepthPro.Network.Graphs;

/// <summary>The dimensions of a tensor. At most one, the first, may be <see cref="AnyCount"/>. Immutable, thread-safe.</summary>
public readonly struct Shape(params int[] dimensions) : IEquatable<Shape>
{
    /// <summary>A batch whose size is known only when the graph runs; printed as n.</summary>
    public const int AnyCount = -1;

    /// <summary>Number of dimensions.</summary>
    public int Length => dimensions.Length;

    /// <summary>One dimension.</summary>
    public int this[int axis] => dimensions[axis];

    /// <summary>Some of the dimensions, in order.</summary>
    public Shape Slice(int start, int length) => new(dimensions.AsSpan(start, length).ToArray());

    /// <summary>The same dimensions but for one.</summary>
    public Shape With(int axis, int dimension)
    {
        int[] copy = [.. dimensions];
        copy[axis] = dimension;
        return new(copy);
    }

    /// <summary>The dimensions in a new array.</summary>
    public int[] ToArray() => [.. dimensions];

    /// <summary>The product of the dimensions, leaving out <see cref="AnyCount"/>.</summary>
    public long Count => dimensions.Where(d => d != AnyCount).Aggregate(1L, (product, d) => product * d);

    /// <inheritdoc/>
    public bool Equals(Shape other) => dimensions.AsSpan().SequenceEqual(other.ToArray());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => dimensions.Aggregate(dimensions.Length, HashCode.Combine);

    /// <summary>As in [n, 3, 384, 384].</summary>
    public override string ToString() => $"[{string.Join(", ", dimensions.Select(d => d == AnyCount ? "n" : $"{d}"))}]";

    /// <summary>Dimensions as a shape.</summary>
    public static implicit operator Shape(int[] dimensions) => new(dimensions);

    /// <summary>Equal dimensions.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Unequal dimensions.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);
}
