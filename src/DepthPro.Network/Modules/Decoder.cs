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
        var x = Residual(lowResolution, w["fusions"][coarsest]["resnet2"]);
        for (var level = coarsest - 1; level > 0; level--)
        {
            x = Fuse(x, w["fusions"][level + 1], Project(maps[level], w["convs"][level], config), w["fusions"][level]);
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
        x = FuseFinestUnmixed(x, finest, w);
        return x.Conv(w["fusions"][0]["out_conv"], x.Channels, kernel: 1).Named(w["fusions"][0]);
    }

    /// <summary>Likewise, but for the 1x1 convolution at the end, fusions.0.out_conv.</summary>
    internal static Value FuseFinestUnmixed(Value x, Value finest, Weights w) => Fuse(x, w["fusions"][1], finest, w["fusions"][0]);

    /// <summary>The coarsest map at the decoder's width, which the field-of-view head reads too.</summary>
    public static Value LowResolution(Value coarsest, Weights w, NetworkConfig config)
        => Project(coarsest, w["convs"][config.PatchLevels.Count + 1], config);

    private static Value Project(Value map, Weights w, NetworkConfig config)
    {
        if (!map.Graph.Form.QuantizedLayers) { return map.Conv(w, config.DecoderWidth, kernel: 3, padding: 1, bias: false); }
        var conv = new IntegerConv(w, map.Channels, config.DecoderWidth, kernel: 3, hasBias: false);
        return conv.Apply(Integers.Of(map, signed: true, conv), signed: true).Dequantize().Named(w);
    }

    // Of what can run first, ONNX Runtime runs what comes last in the graph. So the upsampling, which ends all coarser levels, comes after the finer map's branch: that branch's maps do not lie in wait while those levels run.
    private static Value Fuse(Value coarser, Weights upsampling, Value finer, Weights w)
    {
        using var scope = w.Enter();
        Value Upsampled() => coarser.UpsampleThenMix(upsampling["deconv"], upsampling["out_conv"], coarser.Channels).Named(upsampling);
        if (RowPair.Pays(finer))
        {
            var pairs = Residual(RowPair.Of(finer), w["resnet1"]);
            return Residual(RowPair.Of(Upsampled()) + pairs, w["resnet2"]).Interleave();
        }
        var branch = Residual(finer, w["resnet1"]);
        return Residual(Upsampled() + branch, w["resnet2"]);
    }

    private static RowPair Residual(RowPair x, Weights unit)
    {
        using var scope = unit.Enter();
        var (w, channels) = (unit["residual"], x.Even.Channels);
        return x + x.Relu().Conv(w[1], channels).Relu().Conv(w[3], channels);
    }

    private static Value Residual(Value x, Weights unit)
    {
        using var scope = unit.Enter();
        var (w, channels) = (unit["residual"], x.Channels);
        if (!x.Graph.Form.QuantizedLayers) { return x + x.Relu().Conv(w[1], channels, kernel: 3, padding: 1).Relu().Conv(w[3], channels, kernel: 3, padding: 1); }
        var (first, second) = (new IntegerConv(w[1], channels, channels, kernel: 3), new IntegerConv(w[3], channels, channels, kernel: 3));
        return x + second.Apply(first.Apply(Integers.Of(x, signed: false, first), signed: false, second), signed: true).Dequantize();
    }
}
