using DepthPro.Depth;

namespace DepthPro;

/// <summary>Turns canonical inverse depth into metres; see ConvertToMetricDepth of <c>ml.Transforms</c>.</summary>
public sealed class MetricDepthEstimator : RowEstimator<MetricDepthTransformer>
{
    internal MetricDepthEstimator(string output, string inverseDepth, string image, string? fieldOfView, string? focalLength)
        : base(() => new(new(output, inverseDepth, image, fieldOfView, focalLength)))
    {
    }
}
