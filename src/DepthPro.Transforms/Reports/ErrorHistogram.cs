namespace DepthPro.Reports;

/// <summary>How often values fall into equal steps of a range; what lies outside counts for its ends.</summary>
internal sealed class ErrorHistogram(double min, double max, int bins)
{
    /// <summary>Of relative errors: from half as far as true to half as far again, in steps of 5 percent.</summary>
    public static ErrorHistogram OfRelativeErrors() => new(-0.5, 0.5, 20);

    public double Min { get; } = min;

    public double Max { get; } = max;

    public long[] Counts { get; } = new long[bins];

    public long Total => Counts.Sum();

    /// <summary>NaN is not counted.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value)) { return; }
        var bin = Max > Min ? (value - Min) / (Max - Min) * Counts.Length : 0;
        Counts[(int)Math.Clamp(Math.Floor(bin), 0, Counts.Length - 1)]++;
    }

    /// <summary>Adds the counts of another one with the same bins.</summary>
    public void Add(ErrorHistogram other)
    {
        for (var bin = 0; bin < Counts.Length; bin++) { Counts[bin] += other.Counts[bin]; }
    }

    /// <summary>Where a bin begins.</summary>
    public double Start(int bin) => Min + (Max - Min) * bin / Counts.Length;
}
