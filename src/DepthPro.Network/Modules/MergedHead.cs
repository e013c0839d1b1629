using DepthPro.Network.Graphs;

namespace DepthPro.Network.Modules;

/// <summary>The decoder's last layer and <see cref="DepthHead"/>, their layers merged, so that no map is larger than its input: what the head does at twice the size it does for each pixel of a square. Not thread-safe, as its graph is not.</summary>
internal static class MergedHead
{
    /// <summary>As <see cref="DepthHead.Estimate"/>, and before it the decoder's last layer.</summary>
    /// <param name="fused">What <see cref="Decoder.FuseFinestUnmixed"/> gives, at full size (1, 256, 768, 768).</param>
    /// <param name="mix">Where the weights of the decoder's last layer are, a 1x1 convolution.</param>
    /// <param name="w">Where the head's weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <returns>Canonical inverse depth, 1/m for a photo of width f; at least 0; (1, 1, O, O).</returns>
    public static Value Estimate(Value fused, Weights mix, Weights w, NetworkConfig config)
    {
        using var scope = w.Enter();
        var (width, narrow, hidden, outputs) = (config.DecoderWidth, config.DecoderWidth / 2, config.HeadWidths[0], config.HeadWidths[1]);
        var (mixed, mixBias) = (mix.ReadParameter("weight", width, width, 1, 1), mix.ReadParameter("bias", width));
        var (first, firstBias) = (w[0].ReadParameter("weight", narrow, width, 3, 3), w[0].ReadParameter("bias", narrow));
        var (up, upBias) = (w[1].ReadParameter("weight", narrow, narrow, 2, 2), w[1].ReadParameter("bias", narrow));
        var (conv, bias) = (w[2].ReadParameter("weight", hidden, narrow, 3, 3), w[2].ReadParameter("bias", hidden));

        // A bias ends at the border, outside of which the convolution after it sees zeros; so it is convolved, too. Nothing is rounded here: the boundaries would blur.
        var ones = Ones(fused);
        var x = fused.Conv(MergedWeights.MixThenConv(mixed, first), firstBias, padding: 1)
            + ones.Conv(MergedWeights.MixBiasThenConv(mixBias, first), bias: null, padding: 1);
        x = x.Conv(MergedWeights.UpsampleThenConv(up, conv), MergedWeights.ForEachPixel(bias), padding: 1)
            + ones.Conv(MergedWeights.BiasThenConv(upBias, conv), bias: null, padding: 1);

        var (last, lastBias) = (w[4].ReadParameter("weight", outputs, hidden, 1, 1), w[4].ReadParameter("bias", outputs));
        return x.Relu().Conv(MergedWeights.ForEachPixelAlone(last), MergedWeights.ForEachPixel(lastBias)).DepthToSpace(2).Named(w[4]).Relu();
    }

    // (N, 1, H, W), made of the data: what is constant a runtime would compute before the first run, and keep.
    private static Value Ones(Value x)
        => (x.Slice(1, ..1).Crop(..1, ..1).Clamp(-1, 1) * 0 + x.Graph.Constant(1f)).Expand(x.Shape.With(1, 1));
}
