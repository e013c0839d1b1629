using System.Numerics;
using System.Runtime.InteropServices;

namespace DepthPro.Metrics;

/// <summary>Sums of the errors of pixels, in double precision.</summary>
internal sealed class DepthErrors
{
    // Far more than a vector, few enough to stay in the first cache.
    private const int BlockLength = 512;

    private static readonly Vector<double>[] Limits = [new(1.25), new(1.25 * 1.25), new(1.25 * 1.25 * 1.25)];

    // A lane of each vector sums for itself.
    private readonly Vector<long>[] _outside = new Vector<long>[Limits.Length];
    private Vector<double> _relative, _squaredRelative, _squared, _log, _absoluteLog, _squaredLog;
    private long _validPixels, _missingPixels;

    /// <summary>Sums over the valid pixels; predictions are aligned, then clamped to the range.</summary>
    public static DepthErrors Of(ValidPixels pixels, FittedAlignment alignment, float minDepth, float maxDepth)
    {
        var errors = new DepthErrors();
        if (double.IsNaN(alignment.Scale)) { return errors; }
        Span<double> predicted = stackalloc double[BlockLength], actual = stackalloc double[BlockLength];
        for (var start = 0; start < pixels.Length; start += BlockLength)
        {
            var count = 0;
            for (var i = start; i < Math.Min(start + BlockLength, pixels.Length); i++)
            {
                if (!pixels.IsWanted(i)) { continue; }
                var depth = alignment.Apply(pixels.Prediction(i));
                if (double.IsNaN(depth)) { errors._missingPixels++; continue; }
                predicted[count] = Math.Min(Math.Max(depth, minDepth), maxDepth);
                actual[count++] = pixels.Truth(i);
            }
            errors.Add(predicted, actual, count);
        }
        return errors;
    }

    public DepthMetrics ToMetrics()
    {
        double n = _validPixels;
        var (meanLog, meanSquaredLog) = (Vector.Sum(_log) / n, Vector.Sum(_squaredLog) / n);
        return _validPixels == 0 ? DepthMetrics.Undefined with { MissingPixels = _missingPixels } : new()
        {
            ValidPixels = _validPixels,
            MissingPixels = _missingPixels,
            AbsRel = Vector.Sum(_relative) / n,
            SqRel = Vector.Sum(_squaredRelative) / n,
            Rmse = Math.Sqrt(Vector.Sum(_squared) / n),
            RmseLog = Math.Sqrt(meanSquaredLog),
            Log10 = Vector.Sum(_absoluteLog) / n / Math.Log(10),
            SiLog = DepthMetrics.SiLogOf(meanSquaredLog, meanLog),
            LogBias = meanLog,
            Delta1 = (n - Vector.Sum(_outside[0])) / n,
            Delta2 = (n - Vector.Sum(_outside[1])) / n,
            Delta3 = (n - Vector.Sum(_outside[2])) / n,
        };
    }

    private void Add(Span<double> predicted, Span<double> actual, int count)
    {
        _validPixels += count;
        var padded = (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        predicted[count..padded].Fill(1); // a perfect pixel adds nothing to any sum
        actual[count..padded].Fill(1);
        var p = MemoryMarshal.Cast<double, Vector<double>>(predicted[..padded]);
        var t = MemoryMarshal.Cast<double, Vector<double>>(actual[..padded]);
        for (var i = 0; i < p.Length; i++)
        {
            var (error, ratio) = (p[i] - t[i], p[i] / t[i]);
            var relative = error / t[i];
            _relative += Vector.Abs(relative);
            _squaredRelative += relative * error;
            _squared += error * error;
            var log = Vector.Log(ratio);
            _log += log;
            _absoluteLog += Vector.Abs(log);
            _squaredLog += log * log;
            var worse = Vector.Max(ratio, t[i] / p[i]);
            for (var k = 0; k < Limits.Length; k++) { _outside[k] -= Vector.GreaterThanOrEqual(worse, Limits[k]); }
        }
    }
}
