using DepthPro.Metrics;

namespace DepthPro;

/// <summary>Compares depth with the truth, row by row; see CompareDepth of <c>ml.Transforms</c>.</summary>
public sealed class DepthComparisonEstimator : RowEstimator<DepthComparisonTransformer>
{
    internal DepthComparisonEstimator(string output, string prediction, string? truth, DepthEvaluationOptions options)
        : base(() => new(new(output, prediction, truth, options)))
    {
    }
}
