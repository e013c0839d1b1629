using DepthPro.Metrics;

namespace DepthPro.Transforms.Tests.Metrics;

/// <summary>The boundary metrics one pair and one threshold at a time.</summary>
internal static class NaiveBoundary
{
    public static ContourCounts Count(float[] prediction, float[] truth, int width, int height, float[] thresholds) =>
        Count(prediction, truth, width, height, thresholds, thinned: false, (first, second, threshold) => Ratio(truth, first, second) > threshold);

    public static ContourCounts CountMask(float[] prediction, float[] mask, int width, int height, float alpha, float[] thresholds) =>
        Count(prediction, mask, width, height, thresholds, thinned: true, (first, second, _) => mask[second] > alpha && !(mask[first] > alpha));

    private static ContourCounts Count(float[] prediction, float[] other, int width, int height, float[] thresholds, bool thinned, Func<int, int, float, bool> isTrue)
    {
        bool Known(int pixel) => float.IsFinite(prediction[pixel]) && float.IsFinite(other[pixel]);
        var counts = new ContourCounts(thresholds.Length) { ValidPixels = Enumerable.Range(0, prediction.Length).Count(Known) };
        foreach (var direction in Enum.GetValues<ContourDirection>())
        {
            foreach (var line in Lines(width, height, direction))
            {
                float[] ratios = [.. line.Select(pair => Known(pair.Far) && Known(pair.Near) ? Ratio(prediction, pair.Far, pair.Near) : float.NaN)];
                for (var k = 0; k < thresholds.Length; k++)
                {
                    bool[] predicted = [.. ratios.Select(ratio => ratio > thresholds[k])];
                    if (thinned) { predicted = Thin(predicted, ratios); }
                    for (var i = 0; i < line.Length; i++)
                    {
                        var actual = !float.IsNaN(ratios[i]) && isTrue(line[i].Far, line[i].Near, thresholds[k]);
                        counts.Predicted[(int)direction, k] += predicted[i] ? 1 : 0;
                        counts.True[(int)direction, k] += actual ? 1 : 0;
                        counts.Both[(int)direction, k] += predicted[i] && actual ? 1 : 0;
                    }
                }
            }
        }
        return counts;
    }

    // Rows or columns of pairs, from left to right or from top to bottom.
    private static IEnumerable<(int Far, int Near)[]> Lines(int width, int height, ContourDirection direction)
    {
        var horizontal = direction is ContourDirection.Left or ContourDirection.Right;
        var (lines, length) = horizontal ? (height, width) : (width, height);
        int Pixel(int line, int i) => horizontal ? line * width + i : i * width + line;
        var secondNearer = direction is ContourDirection.Right or ContourDirection.Bottom;
        return Enumerable.Range(0, lines).Select(line => Enumerable.Range(0, length - 1)
            .Select(i => secondNearer ? (Pixel(line, i), Pixel(line, i + 1)) : (Pixel(line, i + 1), Pixel(line, i))).ToArray());
    }

    private static float Ratio(float[] depth, int far, int near) => 1f / Math.Max(depth[near], 1e-6f) / (1f / Math.Max(depth[far], 1e-6f));

    // Of each run the first of the largest.
    private static bool[] Thin(bool[] contours, float[] ratios)
    {
        var kept = new bool[contours.Length];
        for (var start = 0; start < contours.Length; start++)
        {
            if (!contours[start]) { continue; }
            var end = start;
            while (end < contours.Length && contours[end]) { end++; }
            kept[Enumerable.Range(start, end - start).MaxBy(i => ratios[i])] = true;
            start = end;
        }
        return kept;
    }
}
