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

    /// <summary>Estimates the field of view; not run when the focal length is known.</summary>
    public const string FieldOfView = "field_of_view";
}
