using DepthPro.Visuals;

namespace DepthPro;

/// <summary>Makes pictures of depth maps; see ColorizeDepth of <c>ml.Transforms</c>.</summary>
public sealed class DepthColorizingEstimator : RowEstimator<DepthColorizingTransformer>
{
    internal DepthColorizingEstimator(string output, string input, DepthColorOptions options)
        : base(() => new(new(output, input, options)))
    {
    }
}
