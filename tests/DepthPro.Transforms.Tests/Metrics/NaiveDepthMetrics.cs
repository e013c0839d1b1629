namespace DepthPro.Transforms.Tests.Metrics;

/// <summary>The standard metrics as their formulas are written.</summary>
internal static class NaiveDepthMetrics
{
    public static DepthMetrics Of(float[] prediction, float[] truth, DepthMetricsOptions options, bool[]? mask = null)
    {
        int[] wanted = [.. Enumerable.Range(0, truth.Length).Where(i => (mask is null || mask[i])
            && float.IsFinite(truth[i]) && truth[i] > 0 && truth[i] >= options.MinDepth && truth[i] <= options.MaxDepth)];
        var align = Alignment(options.Alignment, [.. wanted.Select(i => ((double)prediction[i], (double)truth[i]))]);
        (double P, double T)[] pairs = [.. wanted.Select(i => (P: align(prediction[i]), T: (double)truth[i])).Where(pair => !double.IsNaN(pair.P))
            .Select(pair => (Math.Clamp(pair.P, options.MinDepth, options.MaxDepth), pair.T))];
        double Mean(Func<double, double, double> error) => pairs.Length == 0 ? double.NaN : pairs.Average(pair => error(pair.P, pair.T));
        double Delta(int power) => Mean((p, t) => Math.Max(p / t, t / p) < Math.Pow(1.25, power) ? 1 : 0);
        var meanLog = Mean((p, t) => Math.Log(p) - Math.Log(t));
        return new()
        {
            ValidPixels = pairs.Length,
            MissingPixels = wanted.Length - pairs.Length,
            AbsRel = Mean((p, t) => Math.Abs(p - t) / t),
            SqRel = Mean((p, t) => (p - t) * (p - t) / t),
            Rmse = Math.Sqrt(Mean((p, t) => (p - t) * (p - t))),
            RmseLog = Math.Sqrt(Mean((p, t) => Math.Pow(Math.Log(p) - Math.Log(t), 2))),
            Log10 = Mean((p, t) => Math.Abs(Math.Log10(p) - Math.Log10(t))),
            SiLog = 100 * Math.Sqrt(Mean((p, t) => Math.Pow(Math.Log(p) - Math.Log(t) - meanLog, 2))),
            LogBias = meanLog,
            Delta1 = Delta(1),
            Delta2 = Delta(2),
            Delta3 = Delta(3),
        };
    }

    public static void AssertEqual(DepthMetrics expected, DepthMetrics got)
    {
        Assert.Equal((expected.ValidPixels, expected.MissingPixels), (got.ValidPixels, got.MissingPixels));
        foreach (var metric in typeof(DepthMetrics).GetProperties().Where(p => p.PropertyType == typeof(double)))
        {
            var (wanted, value) = ((double)(metric.GetValue(expected) ?? 0), (double)(metric.GetValue(got) ?? 0));
            Assert.True(wanted.Equals(value) || Math.Abs(wanted - value) <= 1e-9 * Math.Max(1, Math.Abs(wanted)), $"{metric.Name}: got {value:R}, expected {wanted:R}.");
        }
    }

    private static Func<double, double> Alignment(DepthAlignment alignment, (double P, double T)[] all)
    {
        (double P, double T)[] pairs = [.. all.Where(pair => double.IsFinite(pair.P))];
        switch (alignment)
        {
            case DepthAlignment.Median:
                var scale = Median(pairs.Select(pair => pair.T)) / Median(pairs.Select(pair => pair.P));
                return p => scale * p;
            case DepthAlignment.Affine:
                var (s, b) = LeastSquares(pairs);
                return p => s * p + b;
            case DepthAlignment.AffineInverse:
                var (si, bi) = LeastSquares([.. pairs.Where(pair => pair.P > 0).Select(pair => (1 / pair.P, 1 / pair.T))]);
                return p => p <= 0 ? 0 : si / p + bi <= 0 ? double.PositiveInfinity : 1 / (si / p + bi);
            default:
                return p => p;
        }
    }

    // In float32, like the maps.
    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (float)((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
    }

    // The normal equations.
    private static (double Scale, double Shift) LeastSquares((double P, double T)[] pairs)
    {
        double n = pairs.Length, x = pairs.Sum(pair => pair.P), y = pairs.Sum(pair => pair.T);
        double xx = pairs.Sum(pair => pair.P * pair.P), xy = pairs.Sum(pair => pair.P * pair.T);
        var scale = (n * xy - x * y) / (n * xx - x * x);
        return (scale, (y - scale * x) / n);
    }
}
