namespace DepthPro.Scoring;

/// <summary>What one run of the network on a photo gives.</summary>
/// <param name="Depth">Metric depth.</param>
/// <param name="Features">What the image encoder saw; null of a network that does not give it.</param>
internal sealed record DepthEstimate(DepthMap Depth, ImageFeatures? Features);
