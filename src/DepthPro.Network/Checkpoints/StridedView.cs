namespace DepthPro.Network.Checkpoints;

/// <summary>Where a tensor's values lie: the byte of the first one, and how many stored values to step for each dimension (0 repeats).</summary>
internal sealed record StridedView(long ByteOffset, IReadOnlyList<int> Shape, IReadOnlyList<long> Strides)
{
    /// <summary>Number of stored values from the first to the last, both included; 0 for an empty tensor.</summary>
    public long Extent { get; } = ExtentOf(Shape, Strides);

    /// <summary>Whether the values follow one another in C order. A dimension of size 1 may have any stride.</summary>
    public bool IsContiguous { get; } = Contiguous(Shape, Strides);

    /// <summary>Number of stored values from the first to the last of a view; <see cref="long.MaxValue"/> when it is more.</summary>
    public static long ExtentOf(IReadOnlyList<int> shape, IReadOnlyList<long> strides) => shape.Contains(0) ? 0
        : (long)Int128.Min(long.MaxValue, shape.Zip(strides).Aggregate(Int128.One, (extent, d) => extent + ((Int128)d.First - 1) * d.Second));

    /// <summary>Moves <paramref name="index"/> to the next value in C order and returns that value's place; <paramref name="at"/> is the current one's.</summary>
    public long Next(int[] index, long at)
    {
        for (var d = index.Length - 1; d >= 0; d--)
        {
            at += Strides[d];
            if (++index[d] < Shape[d]) { return at; }
            at -= Strides[d] * Shape[d];
            index[d] = 0;
        }
        return at;
    }

    private static bool Contiguous(IReadOnlyList<int> shape, IReadOnlyList<long> strides)
    {
        var expected = 1L;
        for (var d = shape.Count - 1; d >= 0; d--)
        {
            if (shape[d] > 1 && strides[d] != expected) { return false; }
            expected *= Math.Max(shape[d], 1);
        }
        return true;
    }
}
