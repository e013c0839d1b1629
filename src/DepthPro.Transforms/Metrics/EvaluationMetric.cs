namespace DepthPro;

/// <summary>One number of a <see cref="DepthComparison"/>, by name: what tables, JSON and columns have in common. Immutable, thread-safe.</summary>
public sealed class EvaluationMetric
{
    private readonly Func<DepthComparison, double?> _of;

    private EvaluationMetric(string name, bool higherIsBetter, Func<DepthComparison, double?> of) => (Name, HigherIsBetter, _of) = (name, higherIsBetter, of);

    /// <summary>All of them: standard errors, boundaries, mask boundaries.</summary>
    public static IReadOnlyList<EvaluationMetric> All => [.. OfDepth, .. OfBoundary, .. OfMaskBoundary];

    /// <summary>As in JSON: <c>absRel</c>, <c>boundaryF1</c>, … A column's name ends with it, its first letter in upper case.</summary>
    public string Name { get; }

    /// <summary>Whether a larger value is a better one; of the others a smaller one is.</summary>
    public bool HigherIsBetter { get; }

    internal static IReadOnlyList<EvaluationMetric> OfDepth { get; } =
    [
        Error("absRel", m => m.AbsRel), Error("sqRel", m => m.SqRel), Error("rmse", m => m.Rmse), Error("rmseLog", m => m.RmseLog),
        Error("log10", m => m.Log10), Error("siLog", m => m.SiLog),
        Share("delta1", m => m.Delta1), Share("delta2", m => m.Delta2), Share("delta3", m => m.Delta3),
    ];

    internal static IReadOnlyList<EvaluationMetric> OfBoundary { get; } =
    [
        new("boundaryF1", true, c => c.Boundary?.F1), new("boundaryPrecision", true, c => c.Boundary?.Precision), new("boundaryRecall", true, c => c.Boundary?.Recall),
    ];

    internal static IReadOnlyList<EvaluationMetric> OfMaskBoundary { get; } = [new("maskBoundaryRecall", true, c => c.MaskBoundary?.Recall)];

    /// <summary>The metric of a name, in whatever case.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public static EvaluationMetric Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(metric => metric.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no metric '{name}'; expected one of {string.Join(", ", All.Select(metric => metric.Name))}.", nameof(name));
    }

    /// <summary>The metric's value; null where its group was not computed, NaN where it is undefined.</summary>
    public double? Of(DepthComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return _of(comparison);
    }

    /// <summary>Images by this metric, worst first; those of equal value in the order given, those without one last.</summary>
    public IEnumerable<TImage> WorstFirst<TImage>(IEnumerable<TImage> images, Func<TImage, DepthComparison> comparison)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(comparison);
        double Goodness(TImage image) => (Of(comparison(image)) ?? double.NaN) is var value && HigherIsBetter ? value : -value;
        return images.OrderBy(image => double.IsNaN(Goodness(image))).ThenBy(Goodness);
    }

    /// <summary>The metric's name.</summary>
    public override string ToString() => Name;

    private static EvaluationMetric Error(string name, Func<DepthMetrics, double> of) => new(name, false, c => c.Depth is { } depth ? of(depth) : null);

    private static EvaluationMetric Share(string name, Func<DepthMetrics, double> of) => new(name, true, c => c.Depth is { } depth ? of(depth) : null);
}
