using DepthPro.Preprocessing;

namespace DepthPro;

/// <summary>Makes the network input of an image column; see PrepareDepthInput of <c>ml.Transforms</c>.</summary>
public sealed class DepthInputEstimator : RowEstimator<DepthInputTransformer>
{
    internal DepthInputEstimator(string output, string input, int size)
        : base(() => new(new(output, input, size)))
    {
    }
}
