using System.Globalization;

namespace DepthPro.Features;

/// <summary>Features of how depths are distributed, wherever they are in the picture. Pure; thread-safe.</summary>
internal static class DepthDistribution
{
    // Bins are octaves. Those in metres begin at 1/8, 1/4, … 256 m; those relative to the median lie around it, their ends at odd powers of the root of two, so that
    // depths in simple ratios lie inside of them whatever rounding does.
    private const int Ends = 12, SmallestPower = -3;
    private const double SmallestRelativePower = -5.5;

    // Nearer than arm's length; or nearer than 0.35 of the median.
    private const double NearPower = 0, NearRelativePower = -1.5;

    private static readonly int[] Percents = [5, 10, 25, 50, 75, 90, 95];

    public static IEnumerable<string> Names(bool scaleFree)
    {
        yield return "KnownShare";
        foreach (var percent in Percents) { yield return string.Create(CultureInfo.InvariantCulture, $"{(scaleFree ? "LogRatio" : "LogMeters")}Percentile{percent:00}"); }
        yield return $"ShareBelow{Text(0)}";
        for (var end = 0; end < Ends; end++) { yield return $"ShareFrom{Text(end)}"; }
        yield return scaleFree ? "NearShareBelowRatio2^-1.5" : "NearShareBelow1Meters";

        string Text(int end) => scaleFree
            ? string.Create(CultureInfo.InvariantCulture, $"Ratio2^{SmallestRelativePower + end}")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(2, SmallestPower + end)}Meters");
    }

    public static IEnumerable<double> Values(DepthLattice lattice, bool scaleFree)
    {
        var (sorted, origin) = (lattice.Sorted, scaleFree ? lattice.Median : 0);
        yield return (double)sorted.Length / lattice.LogDepth.Length;
        foreach (var percent in Percents) { yield return Percentile(sorted, percent) - origin; }

        var below = 0.0; // the share below the bin's beginning
        for (var end = 0; end < Ends; end++)
        {
            var belowEnd = ShareBelow(scaleFree ? SmallestRelativePower + end : SmallestPower + end);
            yield return belowEnd - below;
            below = belowEnd;
        }
        yield return 1 - below;
        yield return ShareBelow(scaleFree ? NearRelativePower : NearPower);

        // The logarithm of the very bound, not a multiple of ln 2: a depth of 8 m begins its bin.
        double ShareBelow(double power) => (double)CountBelow(sorted, Math.Log(Math.Pow(2, power)) + origin) / sorted.Length;
    }

    /// <summary>The value below which so many percent lie, linear between neighbours, as NumPy's default.</summary>
    private static double Percentile(double[] sorted, int percent)
    {
        var rank = percent / 100.0 * (sorted.Length - 1);
        var lower = (int)rank;
        return lower + 1 < sorted.Length ? sorted[lower] + (rank - lower) * (sorted[lower + 1] - sorted[lower]) : sorted[lower];
    }

    private static int CountBelow(double[] sorted, double bound)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < bound) { low = middle + 1; } else { high = middle; }
        }
        return low;
    }
}
