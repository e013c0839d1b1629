namespace DepthPro.Visuals;

/// <summary>Round depths to write beside a scale bar.</summary>
internal static class DepthMarks
{
    // A mark may lie so far from its even place, as a share of the places' distance; so neighbours keep at least 0.4 of it between them.
    private const double Reach = 0.3;

    // The steps that count as round, in powers of ten; the roundest first.
    private static readonly double[] Steps = [1, 0.5, 0.2];

    /// <summary>The roundest depth near each of so many evenly spaced places, the farthest first. One depth, to three digits, for a range of one; none where no depth is
    /// known.</summary>
    public static IReadOnlyList<double> Of(ColorRange range, int count)
    {
        if (double.IsNaN(range.NearestMeters)) { return []; }
        return range.NearestMeters < range.FarthestMeters
            ? [.. Enumerable.Range(0, count).Select(i => Near(range, (i + 0.5) / count, Reach / count))]
            : [ToThreeDigits(range.NearestMeters)];
    }

    private static double Near(ColorRange range, double place, double reach)
    {
        var (low, wanted, high) = (range.MetersAt(place + reach), range.MetersAt(place), range.MetersAt(place - reach));
        const int Digits = 7; // of a float
        for (var power = Math.Floor(Math.Log10(high)); power > Math.Log10(high) - Digits; power--)
        {
            foreach (var factor in Steps)
            {
                var step = factor * Math.Pow(10, power);
                foreach (var mark in new[] { Math.Round(wanted / step) * step, Math.Ceiling(low / step) * step })
                {
                    if (mark >= low && mark <= high) { return mark; }
                }
            }
        }
        return wanted;
    }

    private static double ToThreeDigits(double meters)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(meters)) - 2);
        return Math.Round(meters / unit) * unit;
    }
}
