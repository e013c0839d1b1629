using DepthPro.Scoring;

namespace DepthPro;

/// <summary>Runs the network on prepared input; see ScoreDepthPro of <c>ml.Transforms</c>.</summary>
public sealed class DepthScoringEstimator : RowEstimator<DepthScoringTransformer>
{
    internal DepthScoringEstimator(DepthScoringOptions options)
        : base(() => new(options))
    {
    }
}
