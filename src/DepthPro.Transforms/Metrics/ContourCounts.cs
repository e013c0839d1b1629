namespace DepthPro.Metrics;

/// <summary>Occluding contours by direction and threshold: predicted ones, true ones, and those that are both.</summary>
internal sealed class ContourCounts(int thresholds)
{
    public const int Directions = 4;

    /// <summary>[direction, threshold].</summary>
    public int[,] Predicted { get; } = new int[Directions, thresholds];

    /// <summary>[direction, threshold].</summary>
    public int[,] True { get; } = new int[Directions, thresholds];

    /// <summary>[direction, threshold].</summary>
    public int[,] Both { get; } = new int[Directions, thresholds];

    /// <summary>Pixels known in both maps.</summary>
    public int ValidPixels { get; set; }

    public double Precision(int threshold, bool poolDirections) => Share(Predicted, threshold, poolDirections);

    public double Recall(int threshold, bool poolDirections) => Share(True, threshold, poolDirections);

    public double F1(int threshold, bool poolDirections)
    {
        var (precision, recall) = (Precision(threshold, poolDirections), Recall(threshold, poolDirections));
        return precision + recall == 0 ? 0 : 2 * (recall * precision) / (recall + precision);
    }

    // A direction without contours counts 0, not 0/0: ml-depth-pro, eval/boundary_metrics.py, boundary_f1.
    private double Share(int[,] whole, int threshold, bool poolDirections)
    {
        var (both, all, shares) = (0L, 0L, 0.0);
        for (var direction = 0; direction < Directions; direction++)
        {
            both += Both[direction, threshold];
            all += whole[direction, threshold];
            shares += (double)Both[direction, threshold] / Math.Max(whole[direction, threshold], 1);
        }
        return poolDirections ? (double)both / Math.Max(all, 1) : shares / Directions;
    }
}
