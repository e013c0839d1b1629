namespace DepthPro.SideBySide;

/// <summary>The median, which one slow run does not move.</summary>
internal static class Medians
{
    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
