using DepthPro.Network;
using DepthPro.Network.Graphs;
using DepthPro.Tests;

namespace DepthPro.Training.Tests;

/// <summary>Networks to learn on.</summary>
internal static class Networks
{
    /// <summary>The smallest that has every part.</summary>
    public static NetworkConfig Tiny { get; } = new NetworkConfig
    {
        Vit = new() { ImageSize = 16, PatchSize = 2, Width = 4, Depth = 2, Heads = 2, MlpRatio = 2 },
        HookBlocks = [0, 1],
        EncoderDims = [3, 4, 5, 6],
        DecoderWidth = 8,
        HeadWidths = [4, 1],
        Upsampling = 2,
    }.Validated();

    /// <summary>The goldens' micro network.</summary>
    public static NetworkConfig Micro { get; } = ModelManifest.Read(Goldens.PathOf("micro", ModelManifest.FileName)).Network;

    /// <summary>Weights with which signals neither vanish nor grow: by fan-in, norms and layer scales about 1, biases small.</summary>
    public static void RandomWeights(Parameter parameter, Span<float> destination, int seed = 1)
    {
        var random = new Random(parameter.Path.Aggregate(seed, (hash, c) => unchecked(hash * 31 + c))); // string.GetHashCode differs from run to run
        var shape = parameter.CheckpointShape;
        var isScale = parameter.Path.EndsWith("gamma", StringComparison.Ordinal) || (shape.Length == 1 && parameter.Path.EndsWith("weight", StringComparison.Ordinal));
        var spread = shape.Length > 1 ? MathF.Sqrt(3f / (shape.Count / shape[0])) : 0.2f;
        foreach (ref var value in destination) { value = (isScale ? 1 : 0) + (random.NextSingle() * 2 - 1) * spread; }
    }
}
