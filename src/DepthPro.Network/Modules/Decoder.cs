using DepthPro.Network.Graphs;

namespace DepthPro.Network.Modules;

/// <summary>DPT-like decoder (arXiv:2103.13413): fuses the five maps, coarsest first. Not thread-safe, as its graph is not.</summary>
/// <remarks>Source: ml-depth-pro, <c>network/decoder.py</c>, <c>MultiresConvDecoder</c>.</remarks>
public static class Decoder
{
    /// <summary>Projects each map but the finest to the decoder's width and fuses them, from the coarsest on.</summary>
    /// <param name="maps">What <see cref="Encoder.Encode"/> gives, finest first.</param>
    /// <param name="w">Where the weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <returns>What <see cref="FuseFinest"/> goes on with, at full size (1, 256, 384, 384), and the coarsest projection (1, 256, 48, 48), which the field-of-view head reads.</returns>
    public static (Value Fused, Value LowResolution) Decode(IReadOnlyList<Value> maps, Weights w, NetworkConfig config)
    {
        var coarsest = maps.Count - 1;
        var lowResolution = LowResolution(maps[coarsest], w, config);
        var x = Fuse(lowResolution, skip: null, w["fusions"][coarsest]);
        for (var level = coarsest - 1; level > 0; level--)
        {
            x = Upsample(x, w["fusions"][level + 1]);
            x = Fuse(x, Project(maps[level], w["convs"][level], config), w["fusions"][level]);
        }
        return (x, lowResolution);
    }

    /// <summary>Upsamples what is fused and fuses it with the finest map, or some rows of it.</summary>
    /// <param name="x">What <see cref="Decode"/> gives.</param>
    /// <param name="finest">What <see cref="Encoder.ProjectFinest"/> gives; it already has the decoder's width: the checkpoint holds no convs.0 (an Identity in PyTorch).</param>
    /// <param name="w">Where the weights are.</param>
    /// <returns>The fused map, at full size (1, 256, 768, 768).</returns>
    public static Value FuseFinest(Value x, Value finest, Weights w)
    {
        x = Fuse(Upsample(x, w["fusions"][1]), finest, w["fusions"][0]);
        return x.Conv(w["fusions"][0]["out_conv"], x.Channels, kernel: 1).Named(w["fusions"][0]);
    }

    /// <summary>The coarsest map at the decoder's width, which the field-of-view head reads too.</summary>
    public static Value LowResolution(Value coarsest, Weights w, NetworkConfig config)
        => Project(coarsest, w["convs"][config.PatchLevels.Count + 1], config);

    private static Value Project(Value map, Weights w, NetworkConfig config) => map.Graph.Form.QuantizedLayers
        ? Integers.Of(map, signed: true).Conv(w, config.DecoderWidth, kernel: 3, signed: true, hasBias: false).Dequantize().Named(w)
        : map.Conv(w, config.DecoderWidth, kernel: 3, padding: 1, bias: false);

    private static Value Fuse(Value x, Value? skip, Weights w)
    {
        using var scope = w.Enter();
        if (skip is not null) { x += Residual(skip, w["resnet1"]["residual"]); }
        return Residual(x, w["resnet2"]["residual"]);
    }

    private static Value Upsample(Value x, Weights w) => x.UpsampleThenMix(w["deconv"], w["out_conv"], x.Channels).Named(w);

    private static Value Residual(Value x, Weights w)
    {
        using var scope = w.Enter();
        if (x.Graph.Form.QuantizedLayers) { return x + Integers.Of(x, signed: false).Conv(w[1], x.Channels, kernel: 3, signed: false).Conv(w[3], x.Channels, kernel: 3, signed: true).Dequantize(); }
        return x + x.Relu().Conv(w[1], x.Channels, kernel: 3, padding: 1).Relu().Conv(w[3], x.Channels, kernel: 3, padding: 1);
    }
}
