namespace DepthPro;

/// <summary>Estimates metric depth of an image column; see EstimateDepth of <c>ml.Transforms</c>.</summary>
public sealed class DepthEstimationEstimator : RowEstimator<DepthEstimationTransformer>
{
    internal DepthEstimationEstimator(DepthEstimationOptions options)
        : base(() => new(options))
    {
    }
}
