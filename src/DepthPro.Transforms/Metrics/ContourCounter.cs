using System.Numerics;
using System.Runtime.InteropServices;

namespace DepthPro.Metrics;

/// <summary>Counts the occluding contours of two depth maps in one pass for all thresholds. Its memory is a few rows.</summary>
/// <remarks>Source: ml-depth-pro, <c>eval/boundary_metrics.py</c>, <c>invert_depth</c> and <c>fgbg_depth</c>, in float32 as there.</remarks>
internal sealed class ContourCounter
{
    /// <summary>Smaller depths, metres, count as this one.</summary>
    public const float MinDepth = 1e-6f;

    private readonly Vector<float>[] _thresholds;

    // For each direction and threshold: predicted, true, both; a lane of each vector counts for itself.
    private readonly Vector<int>[][] _counts;

    private ContourCounter(ReadOnlySpan<float> thresholds)
    {
        _thresholds = [.. thresholds.ToArray().Select(t => new Vector<float>(t))];
        _counts = [.. Enumerable.Range(0, ContourCounts.Directions).Select(_ => new Vector<int>[3 * _thresholds.Length])];
    }

    /// <param name="prediction">(height, width) metres.</param>
    /// <param name="truth">(height, width) metres.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="thresholds">Ascending, at least 1.</param>
    public static ContourCounts Count(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, int width, int height, ReadOnlySpan<float> thresholds)
    {
        var counter = new ContourCounter(thresholds);
        // A row ends in NaN, of which no contour is made: neither the last vector nor the last pixel needs a case of its own.
        var padded = (width / Vector<float>.Count + 2) * Vector<float>.Count;
        float[] predicted = new float[padded], actual = new float[padded], predictedAbove = new float[padded], actualAbove = new float[padded];
        Array.Fill(predictedAbove, float.NaN);
        Array.Fill(actualAbove, float.NaN);
        var valid = Vector<int>.Zero;
        for (var y = 0; y < height; y++)
        {
            Array.Fill(predicted, float.NaN, width, padded - width);
            prediction.Slice(y * width, width).CopyTo(predicted);
            truth.Slice(y * width, width).CopyTo(actual);
            valid += Invert(predicted, actual);
            counter.Add(predicted, predicted.AsSpan(1), actual, actual.AsSpan(1), ContourDirection.Right, ContourDirection.Left);
            counter.Add(predictedAbove, predicted, actualAbove, actual, ContourDirection.Bottom, ContourDirection.Top);
            (predicted, actual, predictedAbove, actualAbove) = (predictedAbove, actualAbove, predicted, actual);
        }
        return counter.ToCounts(Vector.Sum(valid));
    }

    // Inverse depths in place; where either map is unknown, both become NaN. Returns how many are known.
    private static Vector<int> Invert(Span<float> prediction, Span<float> truth)
    {
        var predicted = MemoryMarshal.Cast<float, Vector<float>>(prediction);
        var actual = MemoryMarshal.Cast<float, Vector<float>>(truth);
        var (min, unknown, known) = (new Vector<float>(MinDepth), new Vector<float>(float.NaN), Vector<int>.Zero);
        for (var i = 0; i < predicted.Length; i++)
        {
            var (p, t) = (predicted[i], actual[i]);
            var finite = Vector.Equals(p - p + (t - t), Vector<float>.Zero); // an infinity minus itself is NaN
            known -= finite;
            predicted[i] = Vector.ConditionalSelect(finite, Vector<float>.One / Vector.Max(p, min), unknown);
            actual[i] = Vector.ConditionalSelect(finite, Vector<float>.One / Vector.Max(t, min), unknown);
        }
        return known;
    }

    // The pairs of first[i] and second[i].
    private void Add(
        ReadOnlySpan<float> predictedFirst, ReadOnlySpan<float> predictedSecond, ReadOnlySpan<float> actualFirst, ReadOnlySpan<float> actualSecond,
        ContourDirection secondNearer, ContourDirection firstNearer)
    {
        var p1 = MemoryMarshal.Cast<float, Vector<float>>(predictedFirst);
        var p2 = MemoryMarshal.Cast<float, Vector<float>>(predictedSecond);
        var t1 = MemoryMarshal.Cast<float, Vector<float>>(actualFirst);
        var t2 = MemoryMarshal.Cast<float, Vector<float>>(actualSecond);
        var (second, first, lowest) = (_counts[(int)secondNearer], _counts[(int)firstNearer], _thresholds[0]);
        for (var i = 0; i < p1.Length - 1; i++)
        {
            var (predicted, actual) = (p2[i] / p1[i], t2[i] / t1[i]);
            if (Vector.GreaterThanAny(predicted, lowest) || Vector.GreaterThanAny(actual, lowest)) { Add(predicted, actual, second); }
            (predicted, actual) = (p1[i] / p2[i], t1[i] / t2[i]);
            if (Vector.GreaterThanAny(predicted, lowest) || Vector.GreaterThanAny(actual, lowest)) { Add(predicted, actual, first); }
        }
    }

    private void Add(Vector<float> predicted, Vector<float> actual, Span<Vector<int>> counts)
    {
        for (var k = 0; k < _thresholds.Length; k++)
        {
            var (predictedAbove, actualAbove) = (Vector.GreaterThan(predicted, _thresholds[k]), Vector.GreaterThan(actual, _thresholds[k]));
            if (Vector.EqualsAll(predictedAbove | actualAbove, Vector<int>.Zero)) { return; }
            counts[3 * k] -= predictedAbove;
            counts[3 * k + 1] -= actualAbove;
            counts[3 * k + 2] -= predictedAbove & actualAbove;
        }
    }

    private ContourCounts ToCounts(int validPixels)
    {
        var counts = new ContourCounts(_thresholds.Length) { ValidPixels = validPixels };
        for (var direction = 0; direction < ContourCounts.Directions; direction++)
        {
            for (var k = 0; k < _thresholds.Length; k++)
            {
                counts.Predicted[direction, k] = Vector.Sum(_counts[direction][3 * k]);
                counts.True[direction, k] = Vector.Sum(_counts[direction][3 * k + 1]);
                counts.Both[direction, k] = Vector.Sum(_counts[direction][3 * k + 2]);
            }
        }
        return counts;
    }
}
