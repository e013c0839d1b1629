namespace DepthPro.Depth;

/// <summary>Smallest, largest and median finite value; NaN where no value is finite.</summary>
internal readonly record struct DepthStatistics(float Min, float Max, float Median)
{
    public static DepthStatistics Of(ReadOnlySpan<float> values)
    {
        var (min, max, count) = (float.PositiveInfinity, float.NegativeInfinity, 0);
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) { continue; }
            (min, max, count) = (Math.Min(min, value), Math.Max(max, value), count + 1);
        }
        return count == 0
            ? new(float.NaN, float.NaN, float.NaN)
            : new(min, max, Middle(Ranked(values, (count - 1) / 2), Ranked(values, count / 2)));
    }

    private static float Middle(float lower, float upper) => (float)(((double)lower + upper) / 2);

    // Radix selection: two counting passes over the upper and the lower 16 bits find the value of a rank without sorting or copying.
    private static float Ranked(ReadOnlySpan<float> values, int rank)
    {
        var counts = new int[1 << 16];
        foreach (var value in values)
        {
            if (float.IsFinite(value)) { counts[Key(value) >> 16]++; }
        }
        var upper = TakeBucket(counts, ref rank);

        Array.Clear(counts);
        foreach (var value in values)
        {
            if (float.IsFinite(value) && Key(value) >> 16 == upper) { counts[Key(value) & 0xFFFF]++; }
        }
        return Value(upper << 16 | TakeBucket(counts, ref rank));
    }

    private static uint TakeBucket(int[] counts, ref int rank)
    {
        var bucket = 0u;
        for (; rank >= counts[bucket]; bucket++) { rank -= counts[bucket]; }
        return bucket;
    }

    // Orders like the floats: negative numbers have all bits flipped, the others only the sign.
    private static uint Key(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);
    }

    private static float Value(uint key) =>
        BitConverter.UInt32BitsToSingle((key & 0x8000_0000) != 0 ? key ^ 0x8000_0000 : ~key);
}
