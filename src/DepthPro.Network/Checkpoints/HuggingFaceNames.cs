using System.Globalization;
using System.Text.RegularExpressions;

namespace DepthPro.Network.Checkpoints;

/// <summary>
/// Hugging Face transformers' tensor names for Depth Pro, and the Apple names that they stand for (transformers,
/// models/depth_pro/convert_depth_pro_weights_to_hf.py). Values are the same, except that Apple's fused <c>qkv</c> is stored in three parts. Safe from several threads.
/// </summary>
public static partial class HuggingFaceNames
{
    private const string Mark = "depth_pro.encoder.";

    // Decoder inputs are numbered from the coarsest by Hugging Face, from the finest by Apple.
    private const int LastLatent = 1, LastScale = 2, LastFusion = 4;

    // Applied in turn to the whole name; the first five give a vision transformer's, a decoder map's or a fusion's Apple prefix.
    private static readonly (Regex Pattern, MatchEvaluator To)[] Rules =
    [
        Rule(@"^depth_pro\.encoder\.(patch|image)_encoder\.model\.", m => $"encoder.{m.Groups[1]}_encoder."),
        Rule(@"^fov_model\.fov_encoder\.model\.", _ => "fov.encoder.0."),
        Rule(@"^depth_pro\.neck\.feature_projection\.projections\.([0-3])\.", m => $"decoder.convs.{Mirror(m, LastFusion)}."),
        Rule(@"^fusion_stage\.intermediate\.([0-3])\.", m => $"decoder.fusions.{Mirror(m, LastFusion)}."),
        Rule(@"^fusion_stage\.final\.", _ => "decoder.fusions.0."),

        Rule(@"^(encoder\.\w+_encoder|fov\.encoder\.0)\.embeddings\.cls_token$", m => $"{m.Groups[1]}.cls_token"),
        Rule(@"^(encoder\.\w+_encoder|fov\.encoder\.0)\.embeddings\.position_embeddings$", m => $"{m.Groups[1]}.pos_embed"),
        Rule(@"^(encoder\.\w+_encoder|fov\.encoder\.0)\.embeddings\.patch_embeddings\.projection\.", m => $"{m.Groups[1]}.patch_embed.proj."),
        Rule(@"^(encoder\.\w+_encoder|fov\.encoder\.0)\.layernorm\.", m => $"{m.Groups[1]}.norm."),
        Rule(@"^(encoder\.\w+_encoder|fov\.encoder\.0)\.encoder\.layer\.(\d+)\.", m => $"{m.Groups[1]}.blocks.{m.Groups[2]}."),
        Rule(@"(\.blocks\.\d+)\.attention\.output\.dense\.", m => $"{m.Groups[1]}.attn.proj."),
        Rule(@"(\.blocks\.\d+)\.attention\.attention\.(query|key|value)\.", m => $"{m.Groups[1]}.attn.qkv."),
        Rule(@"(\.blocks\.\d+)\.layer_scale([12])\.lambda1$", m => $"{m.Groups[1]}.ls{m.Groups[2]}.gamma"),

        Rule(@"^depth_pro\.neck\.fuse_image_with_low_res\.", _ => "encoder.fuse_lowres."),
        Rule(@"^depth_pro\.neck\.feature_upsample\.image_block\.layers\.0\.", _ => "encoder.upsample_lowres."),
        Rule(@"^depth_pro\.neck\.feature_upsample\.intermediate\.([01])\.layers\.", m => $"encoder.upsample_latent{Mirror(m, LastLatent)}."),
        Rule(@"^depth_pro\.neck\.feature_upsample\.scaled_images\.([0-2])\.layers\.", m => $"encoder.upsample{Mirror(m, LastScale)}."),

        Rule(@"^(decoder\.fusions\.\d)\.residual_layer([12])\.convolution1\.", m => $"{m.Groups[1]}.resnet{m.Groups[2]}.residual.1."),
        Rule(@"^(decoder\.fusions\.\d)\.residual_layer([12])\.convolution2\.", m => $"{m.Groups[1]}.resnet{m.Groups[2]}.residual.3."),
        Rule(@"^(decoder\.fusions\.\d)\.projection\.", m => $"{m.Groups[1]}.out_conv."),

        Rule(@"^head\.layers\.", _ => "head."),
        Rule(@"^fov_model\.fov_encoder\.neck\.", _ => "fov.encoder.1."),
        Rule(@"^fov_model\.conv\.", _ => "fov.downsample.0."),
        Rule(@"^fov_model\.head\.layers\.", _ => "fov.head."),
    ];

    /// <summary>Presents a checkpoint that has Hugging Face's names under Apple's, with query, key and value concatenated along dimension 0. Unknown names stay as they are.</summary>
    /// <param name="inner">The checkpoint; the returned one owns it.</param>
    /// <returns>A view of <paramref name="inner"/>; the caller disposes it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is null.</exception>
    /// <exception cref="InvalidDataException">One of query, key and value is missing or of another shape or type, or two tensors have the same Apple name.</exception>
    public static Checkpoint WithAppleNames(Checkpoint inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new AppleNamedCheckpoint(inner);
    }

    /// <summary>Whether the checkpoint has Hugging Face's names.</summary>
    internal static bool Recognise(Checkpoint checkpoint) => checkpoint.Tensors.Keys.Any(name => name.StartsWith(Mark, StringComparison.Ordinal));

    /// <summary>Apple's name of a tensor, and which third of it the tensor is: 0 query, 1 key, 2 value, null all of it.</summary>
    internal static (string Apple, int? Part) Rename(string huggingFace)
    {
        var name = Rules.Aggregate(huggingFace, (current, rule) => rule.Pattern.Replace(current, rule.To));
        int? part = QueryKeyValue().Match(huggingFace).Groups[1].Value switch { "query" => 0, "key" => 1, "value" => 2, _ => null };
        return (name, part);
    }

    [GeneratedRegex(@"\.encoder\.layer\.\d+\.attention\.attention\.(query|key|value)\.")]
    private static partial Regex QueryKeyValue();

    private static (Regex, MatchEvaluator) Rule(string pattern, MatchEvaluator to) => (new Regex(pattern, RegexOptions.CultureInvariant), to);

    private static int Mirror(Match match, int last) => last - int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
}
