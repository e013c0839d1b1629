using DepthPro.Network.Graphs;
using static DepthPro.Network.Graphs.Shape;

namespace DepthPro.Network.Modules;

/// <summary>Depth Pro whole, or as the parts of a model folder, which compute the same. Thread-safe.</summary>
/// <remarks>Source: paper (arXiv:2410.02073), section 3; ml-depth-pro, <c>depth_pro.py</c>, <c>DepthPro.forward</c> and <c>infer</c>.</remarks>
public static class DepthProNetwork
{
    // ml-depth-pro, depth_pro.py, DepthPro.infer: nothing is farther than 10 km or nearer than 0.1 mm.
    private const float MinInverseDepth = 1e-4f, MaxInverseDepth = 1e4f;

    /// <summary>The parts, in the order they run.</summary>
    /// <param name="config">The network's sizes.</param>
    /// <param name="form">Their operators where there is a choice; null for <see cref="GraphForm.Plain"/>.</param>
    public static IReadOnlyList<Graph> Parts(NetworkConfig config, GraphForm? form = null)
        => [PatchEncoder(config, form), ImageEncoder(config, form), DecoderAndHead(config, form), .. config.FieldOfView ? [FieldOfView(config, form)] : (Graph[])[]];

    /// <summary>Patches (n, 3, P, P) to their tokens and to those of the two hooked blocks, each (n, tokens, width).</summary>
    public static Graph PatchEncoder(NetworkConfig config, GraphForm? form = null)
    {
        var graph = new Graph(ModelParts.PatchEncoder, form);
        var patches = graph.Input("patches", AnyCount, 3, config.Vit.ImageSize, config.Vit.ImageSize);
        var w = new Weights(graph)["encoder"]["patch_encoder"];
        graph.Output("tokens", VisionTransformer.Encode(patches, w, config.Vit));
        graph.Output("hook0_tokens", graph[w["blocks"][config.HookBlocks[0]].Path]);
        graph.Output("hook1_tokens", graph[w["blocks"][config.HookBlocks[1]].Path]);
        return graph;
    }

    /// <summary>The thumbnail (1, 3, P, P) to its tokens (1, tokens, width).</summary>
    public static Graph ImageEncoder(NetworkConfig config, GraphForm? form = null)
    {
        var graph = new Graph(ModelParts.ImageEncoder, form);
        var thumbnail = graph.Input("thumbnail", 1, 3, config.Vit.ImageSize, config.Vit.ImageSize);
        graph.Output(ModelParts.ImageTokens, VisionTransformer.Encode(thumbnail, new Weights(graph)["encoder"]["image_encoder"], config.ImageVit));
        return graph;
    }

    /// <summary>All tokens to canonical inverse depth (1, 1, O, O) and the map that the field-of-view head reads.</summary>
    public static Graph DecoderAndHead(NetworkConfig config, GraphForm? form = null)
    {
        var graph = new Graph(ModelParts.Decoder, form);
        Value Tokens(string name, int images) => graph.Input(name, images, config.Vit.Tokens, config.Vit.Width);
        var finest = config.PatchLevels[0].Count;
        var tokens = new EncoderTokens(Tokens("hook0_tokens", finest), Tokens("hook1_tokens", finest), Tokens("tokens", config.PatchCount), Tokens("image_tokens", 1));
        var (inverseDepth, lowResolution) = Decode(tokens, new Weights(graph), config);
        graph.Output("canonical_inverse_depth", inverseDepth);
        graph.Output("lowres_features", lowResolution);
        return graph;
    }

    /// <summary>The thumbnail and the decoder's coarsest map to the horizontal field of view in degrees (1, 1, 1, 1).</summary>
    public static Graph FieldOfView(NetworkConfig config, GraphForm? form = null)
    {
        var graph = new Graph(ModelParts.FieldOfView, form);
        var thumbnail = graph.Input("thumbnail", 1, 3, config.Vit.ImageSize, config.Vit.ImageSize);
        var side = config.Vit.Grid << (config.Upsampling - 2);
        var lowResolution = graph.Input("lowres_features", 1, config.DecoderWidth, side, side);
        graph.Output("field_of_view_degrees", FieldOfViewHead.Estimate(thumbnail, lowResolution, new Weights(graph)["fov"], config));
        return graph;
    }

    /// <summary>The whole network in one graph, for other runtimes: pixels (1, 3, S, S) to metric depth and focal length of a photo S wide, canonical inverse depth, field of view and the image encoder's tokens.</summary>
    /// <exception cref="ArgumentException">The network has no field-of-view head, and so no metric depth of its own.</exception>
    public static Graph Whole(NetworkConfig config, GraphForm? form = null)
    {
        if (!config.FieldOfView) { throw new ArgumentException("The single-file form needs a network that estimates the field of view; this one has fieldOfView false. Convert to a model folder."); }
        var graph = new Graph(DepthProModel.WholeName, form);
        var input = graph.Input("pixel_values", 1, 3, config.InputSize, config.InputSize);
        var (inverseDepth, degrees) = Estimate(input, config);
        var fieldOfView = degrees ?? throw new InvalidOperationException("The network was built without its field-of-view head.");

        var focalLength = (fieldOfView * (0.5f * MathF.PI / 180)).Tan().Reciprocal() * (0.5f * config.InputSize); // W / (2 tan(fov / 2))
        var metricInverse = inverseDepth * (focalLength.Reciprocal() * (float)config.InputSize);                  // C W / f
        graph.Output("predicted_depth", metricInverse.Clamp(MinInverseDepth, MaxInverseDepth).Reciprocal().Reshape(1, config.OutputSize, config.OutputSize));
        graph.Output("focallength_px", focalLength.Reshape(1));
        graph.Output("canonical_inverse_depth", inverseDepth);
        graph.Output("field_of_view_degrees", fieldOfView);
        graph.Output(ModelParts.ImageTokens, graph["encoder.image_encoder"]);
        return graph;
    }

    /// <summary>Network inputs (N, 3, S, S) to canonical inverse depth (N, 1, O, O) and field of view in degrees (N, 1, 1, 1), null of a network without that head.</summary>
    /// <param name="input">Network inputs of N photos.</param>
    /// <param name="config">The network's sizes.</param>
    /// <param name="leak">As for <see cref="DepthHead.Estimate"/>.</param>
    public static (Value InverseDepth, Value? FieldOfView) Estimate(Value input, NetworkConfig config, float leak = 0)
    {
        var (graph, weights, photos) = (input.Graph, new Weights(input.Graph), input.Shape[0]);
        var patches = PatchPyramid.Split(input, config).Named(weights["patches"]);
        var thumbnail = patches.Slice(0, ((config.PatchCount - 1) * photos)..);
        var w = weights["encoder"];
        var tokens = VisionTransformer.Encode(patches, w["patch_encoder"], config.Vit);
        var imageTokens = VisionTransformer.Encode(thumbnail, w["image_encoder"], config.ImageVit);
        Value Hook(int i) => graph[w["patch_encoder"]["blocks"][config.HookBlocks[i]].Path];
        var (inverseDepth, lowResolution) = Decode(new(Hook(0), Hook(1), tokens, imageTokens), weights, config, leak);
        return (inverseDepth, config.FieldOfView ? FieldOfViewHead.Estimate(thumbnail, lowResolution, weights["fov"], config) : null);
    }

    /// <summary>Thumbnails (N, 3, P, P) to the field of view in degrees (N, 1, 1, 1), without the finer patches, on which it does not depend.</summary>
    /// <param name="thumbnail">The network inputs at 1/4.</param>
    /// <param name="config">The network's sizes.</param>
    public static Value EstimateFieldOfView(Value thumbnail, NetworkConfig config)
    {
        var weights = new Weights(thumbnail.Graph);
        var w = weights["encoder"];
        var tokens = VisionTransformer.Encode(thumbnail, w["patch_encoder"], config.Vit);
        var imageTokens = VisionTransformer.Encode(thumbnail, w["image_encoder"], config.ImageVit);
        var lowResolution = Decoder.LowResolution(Encoder.Lowest(tokens, imageTokens, w, config), weights["decoder"], config);
        return FieldOfViewHead.Estimate(thumbnail, lowResolution, weights["fov"], config);
    }

    private static (Value InverseDepth, Value LowResolution) Decode(EncoderTokens tokens, Weights w, NetworkConfig config, float leak = 0)
    {
        var maps = Encoder.Encode(tokens, w["encoder"], config);
        var (fused, lowResolution) = Decoder.Decode(maps, w["decoder"], config);
        return (FinestMap.Estimate(fused, maps[0], w, config, leak), lowResolution);
    }
}
