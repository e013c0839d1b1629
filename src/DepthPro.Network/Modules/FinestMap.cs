using DepthPro.Network.Graphs;

namespace DepthPro.Network.Modules;

/// <summary>The last fusion and the head, where maps are largest: at once, or in strips of rows, one after another, which give the same (in integers, each strip rounds by its own ranges). Not thread-safe, as its graph is not.</summary>
internal static class FinestMap
{
    // Rows on each side that a row depends on: of two residual units of two 3x3 convolutions each, and of the head's two.
    private const int Halo = 6;

    /// <summary>What is fused so far and the finest map to canonical inverse depth.</summary>
    /// <param name="fused">What <see cref="Decoder.Decode"/> gives, at full size (1, 256, 384, 384).</param>
    /// <param name="latent0">The finest map, at full size (1, 1024, 96, 96).</param>
    /// <param name="w">Where the weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <param name="leak">As for <see cref="DepthHead.Estimate"/>.</param>
    public static Value Estimate(Value fused, Value latent0, Weights w, NetworkConfig config, float leak)
    {
        Value Rows(Range rows)
        {
            var finest = Encoder.ProjectFinest(latent0.Slice(2, rows), w["encoder"], config);
            var upsampled = fused.Shape[2] / latent0.Shape[2];
            var coarser = fused.Slice(2, (rows.Start.Value * upsampled)..(rows.End.Value * upsampled));
            return fused.Graph.Form.MergedLayers && leak == 0
                ? MergedHead.Estimate(Decoder.FuseFinestUnmixed(coarser, finest, w["decoder"]), w["decoder"]["fusions"][0]["out_conv"], w["head"], config)
                : DepthHead.Estimate(Decoder.FuseFinest(coarser, finest, w["decoder"]), w["head"], config, leak);
        }

        // In rows of the finest map before it is upsampled. All strips are of one height, so that ONNX Runtime finds memory of the right size free.
        var (side, scale) = (latent0.Shape[2], 1 << config.Upsampling);
        var strips = Strips(side, sizeof(float) * (long)config.DecoderWidth * side * side * scale * scale, fused.Graph.Form.LargestMapBytes);
        if (strips == 1) { return Rows(0..side); }
        var (kept, halo, pixels) = (side / strips, (Halo + scale - 1) / scale, config.OutputSize / side);
        var height = Math.Min(kept + 2 * halo, side);
        return Ops.Concat(2, [.. Enumerable.Range(0, strips).Select(strip =>
        {
            var first = Math.Clamp(strip * kept - halo, 0, side - height);
            var above = (strip * kept - first) * pixels;
            return Rows(first..(first + height)).Slice(2, above..(above + kept * pixels));
        })]);
    }

    // What the strips compute twice, 2 rows in 34 at full size, costs less time than memory fresh from the operating system does.
    private static int Strips(int side, long bytes, long mostBytes)
        => Enumerable.Range(1, side).First(strips => side % strips == 0 && (bytes / strips <= mostBytes || strips == side));
}
