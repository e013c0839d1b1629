using DepthPro.Network.Graphs;
using static DepthPro.Network.Graphs.Ops;

namespace DepthPro.Network.Modules;

/// <summary>What the two vision transformers saw: tokens of all patches, of the two hooked blocks at the finest level, and of the thumbnail. Not thread-safe, as its graph is not.</summary>
/// <remarks>Sizes are those for one photo; for N photos each is N times as many images.</remarks>
/// <param name="Hook0">Tokens after the first hooked block, patches of the finest level: (25, tokens, width).</param>
/// <param name="Hook1">Tokens after the second hooked block, likewise.</param>
/// <param name="Patches">Tokens after the last norm, all patches: (35, tokens, width).</param>
/// <param name="Image">The image encoder's tokens of the thumbnail: (1, tokens, width).</param>
public sealed record EncoderTokens(Value Hook0, Value Hook1, Value Patches, Value Image);

/// <summary>Tokens of patches and thumbnail to five maps, each but the finest projected and upsampled to its place in the decoder. Not thread-safe, as its graph is not.</summary>
/// <remarks>Source: paper, section 3.1 and figure 3; ml-depth-pro, <c>network/encoder.py</c>, <c>DepthProEncoder.forward</c>.</remarks>
public static class Encoder
{
    /// <summary>Merges the patches' tokens into maps without seams, and projects and upsamples all but the finest, for which that is <see cref="ProjectFinest"/>.</summary>
    /// <param name="tokens">What the vision transformers saw.</param>
    /// <param name="w">Where the weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <returns>Five maps, finest first; at full size (1, 1024, 96, 96), (1, 256, 384, 384), (1, 512, 192, 192), (1, 1024, 96, 96), (1, 1024, 48, 48).</returns>
    public static IReadOnlyList<Value> Encode(EncoderTokens tokens, Weights w, NetworkConfig config)
    {
        using var scope = w.Enter();
        var photos = tokens.Image.Shape[0];
        var (fine, middle, coarse) = (config.PatchLevels[0], config.PatchLevels[1], config.PatchLevels[2]);
        Value Merge(Value source, PatchLevel level, string name)
        {
            var maps = VisionTransformer.ToMap(source.Slice(0, (level.First * photos)..((level.First + level.Count) * photos)), config.Vit);
            return PatchPyramid.Merge(maps, level).Named(w[name]);
        }

        var latent0 = Merge(tokens.Hook0, fine, "latent0");
        var latent1 = Merge(tokens.Hook1, fine, "latent1");
        var x0 = Merge(tokens.Patches, fine, "x0");
        var x1 = Merge(tokens.Patches, middle, "x1");
        var x2 = tokens.Patches.Slice(0, (coarse.First * photos)..);

        var (dims, steps) = (config.EncoderDims, config.Upsampling);
        return
        [
            latent0,
            Project(latent1, w["upsample_latent1"], dims[0], dims[0], steps - 1),
            Project(x0, w["upsample0"], dims[1], dims[1], steps - 2),
            Project(x1, w["upsample1"], dims[2], dims[2], steps - 2),
            Lowest(x2, tokens.Image, w, config),
        ];
    }

    /// <summary>Projects and upsamples the finest map, or some of its rows.</summary>
    /// <param name="latent0">At full size (1, 1024, 96, 96).</param>
    /// <param name="w">Where the weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <returns>At full size (1, 256, 768, 768).</returns>
    public static Value ProjectFinest(Value latent0, Weights w, NetworkConfig config)
    {
        using var scope = w.Enter();
        return Project(latent0, w["upsample_latent0"], config.EncoderDims[0], config.DecoderWidth, config.Upsampling);
    }

    /// <summary>The coarsest of the maps, of what both vision transformers see in the thumbnail.</summary>
    /// <param name="patch">The patch encoder's tokens of the coarsest level's one patch: (1, tokens, width).</param>
    /// <param name="image">The image encoder's tokens.</param>
    /// <param name="w">Where the weights are.</param>
    /// <param name="config">The network's sizes.</param>
    /// <returns>At full size (1, 1024, 48, 48).</returns>
    public static Value Lowest(Value patch, Value image, Weights w, NetworkConfig config)
    {
        using var scope = w.Enter();
        var (dims, steps) = (config.EncoderDims, config.Upsampling);
        var x2 = VisionTransformer.ToMap(patch, config.Vit).Named(w["x2"]);
        var global = VisionTransformer.ToMap(config.UsesImageEncoder ? image : image * 0, config.Vit);
        var lowest = Concat(1,
            Project(x2, w["upsample2"], dims[3], dims[3], steps - 2),
            global.Upsample(w["upsample_lowres"], dims[3], factor: 1 << (steps - 2), bias: true));
        return lowest.Conv(w["fuse_lowres"], dims[3], kernel: 1);
    }

    private static Value Project(Value x, Weights w, int inner, int channels, int steps)
    {
        x = x.Conv(w[0], inner, kernel: 1, bias: false);
        return x.UpsampleInSteps([.. Enumerable.Range(1, steps).Select(i => w[i])], channels).Named(w);
    }
}
