using DepthPro.Network.Graphs;

namespace DepthPro.Network.Modules;

/// <summary>The thumbnail and the decoder's coarsest map to the horizontal field of view. Not thread-safe, as its graph is not.</summary>
/// <remarks>Source: paper, section 3.3; ml-depth-pro, <c>network/fov.py</c>, <c>FOVNetwork</c>.</remarks>
public static class FieldOfViewHead
{
    /// <summary>Adds what the field-of-view encoder sees to the decoder's coarsest map, and reduces the sum to one number.</summary>
    /// <param name="thumbnail">The network input at 1/4: (1, 3, P, P).</param>
    /// <param name="lowResolution">The decoder's coarsest map, at full size (1, 256, 48, 48).</param>
    /// <param name="w">Where the weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <returns>Horizontal field of view in degrees, (1, 1, 1, 1).</returns>
    public static Value Estimate(Value thumbnail, Value lowResolution, Weights w, NetworkConfig config)
    {
        using var scope = w.Enter();
        var (vit, width) = (config.FieldOfViewVit, config.DecoderWidth);
        var global = VisionTransformer.ToMap(VisionTransformer.Encode(thumbnail, w["encoder"][0], vit).Linear(w["encoder"][1], width / 2), vit);

        // The coarsest map is grid x 2^(upsampling - 2) a side; the stride brings it to the grid.
        var local = lowResolution.Conv(w["downsample"][0], width / 2, kernel: 3, stride: 1 << (config.Upsampling - 2), padding: 1).Relu().Named(w["downsample"]);
        return (global + local)                                                                  // at full size (1, 128, 24, 24)
            .Conv(w["head"][0], width / 4, kernel: 3, stride: 2, padding: 1).Relu()               // (1, 64, 12, 12)
            .Conv(w["head"][2], width / 8, kernel: 3, stride: 2, padding: 1).Relu()               // (1, 32, 6, 6)
            .Conv(w["head"][4], 1, kernel: vit.Grid / 4);
    }
}
