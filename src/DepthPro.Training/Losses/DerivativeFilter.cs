namespace DepthPro.Training;

/// <summary>What the multi-scale derivative losses are made of where the paper does not say; graphs and plain code share it. Immutable, thread-safe.</summary>
/// <param name="Kernels">One or more kernels, each square.</param>
/// <param name="Stride">Distance of the pixels that the filter makes.</param>
/// <param name="Padding">Zeros around the map.</param>
internal sealed record DerivativeFilter(IReadOnlyList<float[]> Kernels, int Stride = 1, int Padding = 0)
{
    /// <summary>Scales of the derivative losses, the map's own size among them, or as many as fit (section 3.2).</summary>
    public const int Scales = 6;

    // Side of the derivative filters.
    private const int Side = 3;

    /// <summary>A blurred pixel is valid when valid pixels have at least half of the blur's weight, which comes in parts of 64.</summary>
    public const float SmallestShare = 0.5f - 1f / 128;

    /// <summary>A derivative is valid when all nine pixels are.</summary>
    public const float NearlyAll = 1 - 1f / 18;

    /// <summary>Added to the mean absolute deviation, so that a flat map can be normalised.</summary>
    public const float SmallestDeviation = 1e-6f;

    /// <summary>Scharr's gradient, across and down, so scaled that a slope of 1 per pixel gives 1. A pixel's penalty is the sum of both components'.</summary>
    public static DerivativeFilter Scharr { get; } = new([Scaled(32, -3, 0, 3, -10, 0, 10, -3, 0, 3), Scaled(32, -3, -10, -3, 0, 0, 0, 3, 10, 3)]);

    /// <summary>The Laplacian of the four neighbours.</summary>
    public static DerivativeFilter Laplace { get; } = new([Scaled(1, 0, 1, 0, 1, -4, 1, 0, 1, 0)]);

    /// <summary>Share of valid pixels among the nine.</summary>
    public static DerivativeFilter Surrounded { get; } = new([Scaled(9, 1, 1, 1, 1, 1, 1, 1, 1, 1)]);

    /// <summary>Binomial blur at half the size, symmetrical about the new pixels.</summary>
    public static DerivativeFilter Blur { get; } = new([Scaled(64, 1, 3, 3, 1, 3, 9, 9, 3, 3, 9, 9, 3, 1, 3, 3, 1)], Stride: 2, Padding: 1);

    /// <summary>Side of each kernel.</summary>
    public int Width { get; } = (int)Math.Sqrt(Kernels[0].Length);

    /// <summary>How many of the scales wanted, each half the last, are large enough for a derivative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No scale is wanted.</exception>
    /// <exception cref="ArgumentException">The map itself is too small.</exception>
    public static int ScalesThatFit(int width, int height, int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wanted, "scales");
        var fitting = Enumerable.Range(0, wanted).TakeWhile(scale => Math.Min(width, height) >> scale >= Side).Count();
        return fitting > 0 ? fitting : throw new ArgumentException($"A map of {width} x {height} pixels has no derivatives; expected at least {Side} x {Side}.");
    }

    private static float[] Scaled(float divisor, params float[] kernel) => [.. kernel.Select(weight => weight / divisor)];
}
