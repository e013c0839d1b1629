namespace DepthPro.Network;

/// <summary>The parts a model folder splits the network into; a part's file is its name and <c>.onnx</c>. Thread-safe.</summary>
public static class ModelParts
{
    /// <summary>Encodes patches, any number at a time.</summary>
    public const string PatchEncoder = "patch_encoder";

    /// <summary>Encodes the thumbnail.</summary>
    public const string ImageEncoder = "image_encoder";

    /// <summary>Merge, upsampling, fusion and head.</summary>
    public const string Decoder = "decoder";

    /// <summary>The image encoder's output, of its part and of the whole network in one file: tokens (1, 1 + grid x grid, width) after the last norm, the class token first.</summary>
    internal const string ImageTokens = "image_tokens";

    /// <summary>Estimates the field of view; not run when the focal length is known.</summary>
    public const string FieldOfView = "field_of_view";
}
