using DepthPro.Network.Graphs;

namespace DepthPro.Network.Modules;

/// <summary><see cref="DepthHead"/> with its layers merged, so that no map is larger than its input: what the head does at twice the size it does for each pixel of a square. Not thread-safe, as its graph is not.</summary>
internal static class MergedHead
{
    /// <inheritdoc cref="DepthHead.Estimate"/>
    public static Value Estimate(Value fused, Weights w, NetworkConfig config)
    {
        var (narrow, hidden, outputs) = (config.DecoderWidth / 2, config.HeadWidths[0], config.HeadWidths[1]);
        var x = fused.Conv(w[0], narrow, kernel: 3, padding: 1); // rounded, it would blur the boundaries

        var (up, upBias) = (w[1].ReadParameter("weight", narrow, narrow, 2, 2), w[1].ReadParameter("bias", narrow));
        var (conv, bias) = (w[2].ReadParameter("weight", hidden, narrow, 3, 3), w[2].ReadParameter("bias", hidden));
        // The upsampling's bias ends at the border, outside of which the convolution sees zeros; so it is convolved, too.
        x = x.Conv(MergedWeights.UpsampleThenConv(up, conv), MergedWeights.ForEachPixel(bias), padding: 1)
            + Ones(x).Conv(MergedWeights.BiasThenConv(upBias, conv), bias: null, padding: 1);

        var (last, lastBias) = (w[4].ReadParameter("weight", outputs, hidden, 1, 1), w[4].ReadParameter("bias", outputs));
        return x.Relu().Conv(MergedWeights.ForEachPixelAlone(last), MergedWeights.ForEachPixel(lastBias)).DepthToSpace(2).Named(w[4]).Relu();
    }

    // (N, 1, H, W), made of the data: what is constant a runtime would compute before the first run, and keep.
    private static Value Ones(Value x)
        => (x.Slice(1, ..1).Crop(..1, ..1).Clamp(-1, 1) * 0 + x.Graph.Constant(1f)).Expand(x.Shape.With(1, 1));
}
