using DepthPro.Formats;

namespace DepthPro;

/// <summary>Reads depth maps from files; see LoadDepthMaps of <c>ml.Transforms</c>.</summary>
public sealed class DepthMapLoadingEstimator : RowEstimator<DepthMapLoadingTransformer>
{
    internal DepthMapLoadingEstimator(DepthMapLoadingOptions options)
        : base(() => new(options))
    {
    }
}
