using System.Numerics;
using System.Runtime.InteropServices;

namespace DepthPro.Metrics;

/// <summary>The contours of an object's mask, and which of them a depth map has after non-maximum suppression. Needs no memory of its
/// own.</summary>
/// <remarks>Only where the mask has a contour is it asked whether the prediction's suppression keeps that pair, which a walk along the pair's
/// run decides for all thresholds at once. Source: ml-depth-pro, <c>eval/boundary_metrics.py</c>, <c>edge_recall_matting</c>.</remarks>
internal readonly ref struct MaskContours(ReadOnlySpan<float> prediction, ReadOnlySpan<float> mask, int width, int height, float alpha, float[] thresholds)
{
    private readonly ReadOnlySpan<float> _prediction = prediction, _mask = mask;

    public ContourCounts Count()
    {
        var counts = new ContourCounts(thresholds.Length) { ValidPixels = CountValid() };
        Count(counts, horizontal: true);
        Count(counts, horizontal: false);
        SumOverThresholds(counts);
        return counts;
    }

    /// <summary>The thresholds, from inclusive to exclusive, at which the suppression keeps a pair: those below its ratio, at which its run of
    /// ratios above the threshold has no larger one, nor an equal one before it. Empty when from is not below to.</summary>
    /// <param name="first">Flat index of the pair's left or upper pixel.</param>
    /// <param name="horizontal">Whether the other pixel lies to the right; otherwise below.</param>
    /// <param name="secondNearer">Whether the ratio is that of the first pixel's depth to the second's.</param>
    public (int From, int To) Kept(int first, bool horizontal, bool secondNearer)
    {
        var (stride, before, after) = horizontal ? (1, first % width, width - 2 - first % width) : (width, first / width, height - 2 - first / width);
        var ratio = Ratio(first, stride, secondNearer);
        var to = CountBelow(ratio);
        if (to == 0) { return (0, 0); }

        // The lowest point between the pair and a rival: below it both are of one run, and the rival wins.
        var valley = 0f;
        var lowest = ratio;
        for (var i = 1; i <= before; i++)
        {
            var other = Ratio(first - i * stride, stride, secondNearer);
            if (!(other > thresholds[0])) { break; }
            if (other >= ratio) { valley = lowest; break; }
            lowest = Math.Min(lowest, other);
        }
        lowest = ratio;
        for (var i = 1; i <= after; i++)
        {
            var other = Ratio(first + i * stride, stride, secondNearer);
            if (!(other > thresholds[0])) { break; }
            if (other > ratio) { valley = Math.Max(valley, lowest); break; }
            lowest = Math.Min(lowest, other);
        }
        return (CountBelow(valley), to);
    }

    private void Count(ContourCounts counts, bool horizontal)
    {
        var stride = horizontal ? 1 : width;
        var pairs = Math.Max(_mask.Length - stride, 0);
        var firsts = MemoryMarshal.Cast<float, Vector<float>>(_mask[..pairs]);
        var seconds = MemoryMarshal.Cast<float, Vector<float>>(_mask[(_mask.Length - pairs)..]);
        var threshold = new Vector<float>(alpha);
        for (var i = 0; i < firsts.Length; i++)
        {
            if (Vector.EqualsAll(Vector.GreaterThan(firsts[i], threshold), Vector.GreaterThan(seconds[i], threshold))) { continue; }
            for (var lane = 0; lane < Vector<float>.Count; lane++) { Visit(i * Vector<float>.Count + lane, stride, horizontal, counts); }
        }
        for (var first = firsts.Length * Vector<float>.Count; first < pairs; first++) { Visit(first, stride, horizontal, counts); }
    }

    private void Visit(int first, int stride, bool horizontal, ContourCounts counts)
    {
        var secondNearer = _mask[first + stride] > alpha;
        var rowEnds = horizontal && (first + 1) % width == 0;
        if (_mask[first] > alpha == secondNearer || rowEnds || !IsKnown(first) || !IsKnown(first + stride)) { return; }
        var direction = (int)(horizontal
            ? secondNearer ? ContourDirection.Right : ContourDirection.Left
            : secondNearer ? ContourDirection.Bottom : ContourDirection.Top);
        counts.True[direction, 0]++;
        var (from, to) = Kept(first, horizontal, secondNearer);
        if (from >= to) { return; }
        counts.Both[direction, from]++;
        if (to < thresholds.Length) { counts.Both[direction, to]--; }
    }

    // A visit notes only where a contour begins and where it ends.
    private void SumOverThresholds(ContourCounts counts)
    {
        for (var direction = 0; direction < ContourCounts.Directions; direction++)
        {
            for (var k = 1; k < thresholds.Length; k++)
            {
                counts.True[direction, k] = counts.True[direction, 0];
                counts.Both[direction, k] += counts.Both[direction, k - 1];
            }
        }
    }

    // Of the inverse depths, in float32; NaN where the pair is unknown.
    private float Ratio(int first, int stride, bool secondNearer)
    {
        var second = first + stride;
        if (!IsKnown(first) || !IsKnown(second)) { return float.NaN; }
        return secondNearer ? Inverse(second) / Inverse(first) : Inverse(first) / Inverse(second);
    }

    private float Inverse(int pixel) => 1f / Math.Max(_prediction[pixel], ContourCounter.MinDepth);

    private bool IsKnown(int pixel) => float.IsFinite(_prediction[pixel]) && float.IsFinite(_mask[pixel]);

    private int CountBelow(float ratio)
    {
        var count = 0;
        while (count < thresholds.Length && ratio > thresholds[count]) { count++; }
        return count;
    }

    private int CountValid()
    {
        var predicted = MemoryMarshal.Cast<float, Vector<float>>(_prediction);
        var matte = MemoryMarshal.Cast<float, Vector<float>>(_mask);
        var known = Vector<int>.Zero;
        for (var i = 0; i < predicted.Length; i++)
        {
            known -= Vector.Equals(predicted[i] - predicted[i] + (matte[i] - matte[i]), Vector<float>.Zero);
        }
        var count = Vector.Sum(known);
        for (var i = predicted.Length * Vector<float>.Count; i < _prediction.Length; i++) { count += IsKnown(i) ? 1 : 0; }
        return count;
    }
}
