using DepthPro.Patches;

namespace DepthPro;

/// <summary>Cuts the network input into patches; see ExtractDepthPatches of <c>ml.Transforms</c>.</summary>
public sealed class DepthPatchEstimator : RowEstimator<DepthPatchTransformer>
{
    internal DepthPatchEstimator(string output, string input)
        : base(() => new(new(output, input)))
    {
    }
}
