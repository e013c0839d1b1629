using DepthPro.Network.Graphs;
using static DepthPro.Network.Graphs.Ops;

namespace DepthPro.Network.Modules;

/// <summary>A DINOv2 vision transformer (arXiv:2304.07193), its parameters named as in timm. Not thread-safe, as its graph is not.</summary>
/// <remarks>Source: ml-depth-pro, <c>network/vit_factory.py</c>; timm 0.9.16, <c>VisionTransformer</c> with layer scale, class token and no dropout.</remarks>
public static class VisionTransformer
{
    /// <summary>Images (N, 3, P, P) to tokens (N, 1 + grid x grid, width) after the last norm; token 0 is the class token. A block's tokens are its module's value.</summary>
    public static Value Encode(Value image, Weights w, VisionTransformerConfig vit)
    {
        var (x, branch) = (Embed(image, w, vit), (Value?)null);
        for (var i = 0; i < vit.Depth; i++) { (x, branch) = Block(x, branch, w["blocks"], i, vit); }
        (x, var tokens) = Layers.AddNorm(x, branch, w["norm"]);
        x.Named(w["blocks"][vit.Depth - 1]);
        return tokens.Named(w);
    }

    /// <summary>Tokens (N, 1 + grid x grid, C) to a map (N, C, grid, grid), without the class token.</summary>
    public static Value ToMap(Value tokens, VisionTransformerConfig vit)
        => tokens.Slice(1, 1..).Reshape(tokens.Shape[0], vit.Grid, vit.Grid, tokens.Shape[^1]).Permute(0, 3, 1, 2);

    private static Value Embed(Value image, Weights w, VisionTransformerConfig vit)
    {
        var patches = image.Conv(w["patch_embed"]["proj"], vit.Width, kernel: vit.PatchSize, stride: vit.PatchSize)
            .Reshape(image.Shape[0], vit.Width, vit.Tokens - 1).Permute(0, 2, 1);

        // The class token once for each image, of which only the run knows how many: made of the patches. Pad would do, but on CUDA ONNX Runtime has none at this opset (its issue 26393).
        using var scope = w["pos_embed"].Enter();
        var classTokens = patches.Slice(1, ..1) * 0 + w.Read("cls_token", 1, 1, vit.Width);
        return (Concat(1, classTokens, patches) + w.Read("pos_embed", 1, vit.Tokens, vit.Width)).Named(w["pos_embed"]);
    }

    // The last sum of a block is left to the norm that follows it, so that both can be one operation.
    private static (Value X, Value Branch) Block(Value x, Value? branch, Weights blocks, int i, VisionTransformerConfig vit)
    {
        var w = blocks[i];
        using var scope = w.Enter();
        (x, var normalized) = Layers.AddNorm(x, branch, w["norm1"]);
        if (i > 0) { x.Named(blocks[i - 1]); }
        (x, normalized) = Layers.AddNorm(x, Attention(normalized, w["attn"], vit) * w["ls1"].Read("gamma", vit.Width), w["norm2"]);
        return (x, Mlp(normalized, w["mlp"], vit) * w["ls2"].Read("gamma", vit.Width));
    }

    private static Value Attention(Value x, Weights w, VisionTransformerConfig vit)
    {
        using var scope = w.Enter();
        var (n, tokens, size) = (x.Shape[0], vit.Tokens, vit.Width / vit.Heads);
        if (x.Graph.Form.FusedAttention)
        {
            var parts = x.Linear(w["qkv"], 3 * vit.Width).Split(2, 3);
            return MultiHeadAttention(parts[0], parts[1], parts[2], vit.Heads).Linear(w["proj"], vit.Width).Named(w);
        }
        var qkv = x.Linear(w["qkv"], 3 * vit.Width).Reshape(n, tokens, 3, vit.Heads, size).Permute(2, 0, 3, 1, 4); // (3, N, heads, tokens, size)
        Value Part(int i) => qkv.Slice(0, i..(i + 1)).Reshape(n, vit.Heads, tokens, size);
        var attention = (Part(0) * (1 / MathF.Sqrt(size))).MatMul(Part(1).Permute(0, 1, 3, 2)).Softmax();          // (N, heads, tokens, tokens)
        return attention.MatMul(Part(2)).Permute(0, 2, 1, 3).Reshape(n, tokens, vit.Width).Linear(w["proj"], vit.Width).Named(w);
    }

    private static Value Mlp(Value x, Weights w, VisionTransformerConfig vit)
    {
        using var scope = w.Enter();
        return x.Linear(w["fc1"], vit.MlpRatio * vit.Width).Gelu().Linear(w["fc2"], vit.Width).Named(w);
    }
}
