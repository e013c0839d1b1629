using DepthPro.Network.Graphs;

namespace DepthPro.Network.Modules;

/// <summary>The decoder's map to canonical inverse depth. Not thread-safe, as its graph is not.</summary>
/// <remarks>Source: ml-depth-pro, <c>depth_pro.py</c>, <c>DepthPro.head</c>.</remarks>
public static class DepthHead
{
    /// <summary>Doubles the map's size and reduces its channels to one.</summary>
    /// <param name="fused">The decoder's map, at full size (1, 256, 768, 768).</param>
    /// <param name="w">Where the weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <param name="leak">Slope of the last activation below 0. With 0 it is the paper's, whose pixels no gradient brings back once they are below; a network in training may leak.</param>
    /// <returns>Canonical inverse depth, 1/m for a photo of width f; at least 0 unless it leaks; (1, 1, O, O).</returns>
    public static Value Estimate(Value fused, Weights w, NetworkConfig config, float leak = 0)
    {
        using var scope = w.Enter();
        return fused.Conv(w[0], config.DecoderWidth / 2, kernel: 3, padding: 1)
            .Upsample(w[1], config.DecoderWidth / 2, bias: true)
            .Conv(w[2], config.HeadWidths[0], kernel: 3, padding: 1).Relu()
            .Conv(w[4], config.HeadWidths[1], kernel: 1).Relu(leak);
    }
}
