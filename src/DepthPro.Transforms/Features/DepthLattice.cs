namespace DepthPro.Features;

/// <summary>A depth map read at a fixed lattice of points, so that its features do not depend on its size: a map and its enlargement by whole pixels have the same lattice. Not thread-safe.</summary>
internal sealed class DepthLattice
{
    /// <summary>Points along each side; a multiple of the grid's cells. More than the tokens of any network, and few enough that a map takes a few milliseconds.</summary>
    public const int Side = 128;

    private DepthLattice(double[] logDepth, double[] sorted) => (LogDepth, Sorted) = (logDepth, sorted);

    /// <summary>Natural logarithm of the metres, (Side, Side) row by row; NaN where the depth is unknown.</summary>
    public double[] LogDepth { get; }

    /// <summary>The known ones of <see cref="LogDepth"/>, ascending; at least one.</summary>
    public double[] Sorted { get; }

    /// <summary>Median of the known ones.</summary>
    public double Median => (Sorted[(Sorted.Length - 1) / 2] + Sorted[Sorted.Length / 2]) / 2;

    /// <summary>Reads a map.</summary>
    /// <returns>Null when the depth is known at none of the points. Known is a depth that is finite and above 0.</returns>
    public static DepthLattice? Read(ReadOnlySpan<float> meters, int width, int height)
    {
        var (logDepth, known) = (new double[Side * Side], new List<double>(Side * Side));
        for (var i = 0; i < logDepth.Length; i++)
        {
            var depth = meters[PixelOf(i / Side, height) * width + PixelOf(i % Side, width)];
            logDepth[i] = DepthMap.IsKnown(depth) ? Math.Log(depth) : double.NaN;
            if (!double.IsNaN(logDepth[i])) { known.Add(logDepth[i]); }
        }
        known.Sort();
        return known.Count == 0 ? null : new(logDepth, [.. known]);
    }

    /// <summary>The pixel in which a point of the lattice lies: that of the middle of its share of the side.</summary>
    public static int PixelOf(int point, int pixels) => (int)((2L * point + 1) * pixels / (2 * Side));
}
