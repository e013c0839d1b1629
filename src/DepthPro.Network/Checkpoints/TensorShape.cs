namespace DepthPro.Network.Checkpoints;

/// <summary>Checks shapes that come from a file.</summary>
internal static class TensorShape
{
    /// <summary>What NumPy and PyTorch allow.</summary>
    public const int MaxRank = 64;

    /// <summary>The sizes as ints, when the tensor has at most as many values as an array can hold.</summary>
    /// <exception cref="InvalidDataException">A size is negative, or there are too many dimensions or values.</exception>
    public static int[] Check(CheckpointStream source, string tensor, IReadOnlyList<long> sizes)
    {
        var count = 1L;
        foreach (var size in sizes)
        {
            // Each factor is below 2^31 and so is the product so far: no overflow.
            count = size is >= 0 and <= int.MaxValue ? count * Math.Max(size, 1) : long.MaxValue;
            if (count > Array.MaxLength || sizes.Count > MaxRank)
            {
                throw source.Bad(
                    $"gives tensor '{tensor}' {(sizes.Count > MaxRank ? $"{sizes.Count} dimensions" : $"the shape [{string.Join(", ", sizes)}]")}; " +
                    $"expected at most {MaxRank} dimensions, each 0 or more, and at most {Array.MaxLength} values. The file is damaged.");
            }
        }
        return [.. sizes.Select(size => (int)size)];
    }
}
