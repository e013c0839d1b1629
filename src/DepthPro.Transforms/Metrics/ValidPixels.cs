namespace DepthPro.Metrics;

/// <summary>Which pixels of a pair of maps are compared.</summary>
internal readonly ref struct ValidPixels(ReadOnlySpan<float> prediction, ReadOnlySpan<float> truth, ReadOnlySpan<bool> mask, float minDepth, float maxDepth)
{
    private readonly ReadOnlySpan<float> _prediction = prediction, _truth = truth;
    private readonly ReadOnlySpan<bool> _mask = mask;

    public int Length => _truth.Length;

    public float Prediction(int pixel) => _prediction[pixel];

    public float Truth(int pixel) => _truth[pixel];

    /// <summary>Whether the truth is known and wanted there.</summary>
    public bool IsWanted(int pixel) => _truth[pixel] >= minDepth && _truth[pixel] <= maxDepth && (_mask.IsEmpty || _mask[pixel]);
}
