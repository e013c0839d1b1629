namespace DepthPro.Depth;

/// <summary>Depth times a number. Pure; thread-safe.</summary>
internal static class DepthScale
{
    // In double precision, so that a factor of one leaves every bit as it is and a factor and its inverse come back as near as float32 can.
    public static float[] Times(ReadOnlySpan<float> meters, double factor)
    {
        var scaled = GC.AllocateUninitializedArray<float>(meters.Length);
        for (var i = 0; i < scaled.Length; i++) { scaled[i] = (float)(meters[i] * factor); }
        return scaled;
    }
}
