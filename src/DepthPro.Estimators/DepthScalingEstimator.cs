using DepthPro.Depth;

namespace DepthPro;

/// <summary>Scales depth maps by one factor; see CalibrateScale of <c>ml.Transforms</c>.</summary>
public sealed class DepthScalingEstimator : RowEstimator<DepthScalingTransformer>
{
    internal DepthScalingEstimator(string output, string input, ScaleCalibration calibration)
        : base(() => new(new(output, input, calibration)))
    {
    }
}
