using DepthPro.Network.Graphs;

namespace DepthPro.Network.Modules;

/// <summary>DPT-like decoder (arXiv:2103.13413): fuses the five maps, coarsest first. Not thread-safe, as its graph is not.</summary>
/// <remarks>Source: ml-depth-pro, <c>network/decoder.py</c>, <c>MultiresConvDecoder</c>.</remarks>
public static class Decoder
{
    /// <summary>Projects each map to the decoder's width and fuses them, from the coarsest to the finest.</summary>
    /// <param name="maps">What <see cref="Encoder.Encode"/> gives, finest first.</param>
    /// <param name="w">Where the weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <returns>The fused map, at full size (1, 256, 768, 768), and the coarsest projection (1, 256, 48, 48), which the field-of-view head reads.</returns>
    public static (Value Fused, Value LowResolution) Decode(IReadOnlyList<Value> maps, Weights w, NetworkConfig config)
    {
        // The finest map already has the decoder's width: the checkpoint holds no convs.0 (an Identity in PyTorch).
        Value Project(int level) => level == 0 ? maps[0] : maps[level].Conv(w["convs"][level], config.DecoderWidth, kernel: 3, padding: 1, bias: false);

        var coarsest = maps.Count - 1;
        var lowResolution = LowResolution(maps[coarsest], w, config);
        var x = Fuse(lowResolution, skip: null, w["fusions"][coarsest], upsample: true);
        for (var level = coarsest - 1; level >= 0; level--)
        {
            x = Fuse(x, Project(level), w["fusions"][level], upsample: level != 0);
        }
        return (x, lowResolution);
    }

    /// <summary>The coarsest map at the decoder's width, which the field-of-view head reads too.</summary>
    public static Value LowResolution(Value coarsest, Weights w, NetworkConfig config)
        => coarsest.Conv(w["convs"][config.PatchLevels.Count + 1], config.DecoderWidth, kernel: 3, padding: 1, bias: false);

    private static Value Fuse(Value x, Value? skip, Weights w, bool upsample)
    {
        using var scope = w.Enter();
        if (skip is not null) { x += Residual(skip, w["resnet1"]["residual"]); }
        x = Residual(x, w["resnet2"]["residual"]);
        if (!upsample) { return x.Conv(w["out_conv"], x.Channels, kernel: 1).Named(w); }
        return x.UpsampleThenMix(w["deconv"], w["out_conv"], x.Channels).Named(w);
    }

    private static Value Residual(Value x, Weights w)
    {
        using var scope = w.Enter();
        if (x.Graph.Form.QuantizedLayers) { return x + Integers.OfPositive(x).Conv(w[1], kernel: 3, signed: false).Conv(w[3], kernel: 3, signed: true).Dequantize(); }
        return x + x.Relu().Conv(w[1], x.Channels, kernel: 3, padding: 1).Relu().Conv(w[3], x.Channels, kernel: 3, padding: 1);
    }
}
