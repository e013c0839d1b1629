using DepthPro.Features;

namespace DepthPro;

/// <summary>Computes features of depth maps; see FeaturizeDepth of <c>ml.Transforms</c>.</summary>
public sealed class DepthFeaturizingEstimator : RowEstimator<DepthFeaturizingTransformer>
{
    internal DepthFeaturizingEstimator(string output, string input, DepthFeatureOptions options)
        : base(() => new(new(output, input, options)))
    {
    }
}
