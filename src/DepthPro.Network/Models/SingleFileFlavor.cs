using DepthPro.Network.Onnx;

namespace DepthPro.Network;

/// <summary>The interfaces of a whole network in one ONNX file.</summary>
public enum SingleFileFlavor
{
    /// <summary>Canonical inverse depth and field of view in degrees.</summary>
    CanonicalInverseDepth,

    /// <summary>Depth in metres and focal length in pixels, both for a photo as wide as the network input.</summary>
    MetricDepth,
}

/// <summary>How to use a whole network in one ONNX file. Immutable, thread-safe.</summary>
/// <param name="Flavor">What it computes.</param>
/// <param name="Input">Its input (1, 3, S, S).</param>
/// <param name="Depth">Its map, (O, O) but for leading ones.</param>
/// <param name="Scale">Its field of view or focal length, one number.</param>
/// <param name="InputSize">S.</param>
/// <param name="OutputSize">O.</param>
public sealed record SingleFileInterface(SingleFileFlavor Flavor, OnnxTensor Input, OnnxTensor Depth, OnnxTensor Scale, int InputSize, int OutputSize)
{
    /// <summary>The files beside it that hold its weights, by name.</summary>
    public IReadOnlyList<string> DataFiles { get; init; } = [];

    /// <summary>The image encoder's tokens (1, 1 + grid x grid, width); null of a file that does not give them.</summary>
    public OnnxTensor? ImageTokens { get; init; }

    /// <summary>Tokens along one side of the image encoder's grid; 0 of a file that does not give them.</summary>
    public int TokenGrid => ImageTokens is { } tokens ? GridOf(tokens) : 0;

    /// <summary>Length of one of the image encoder's tokens; 0 of a file that does not give them.</summary>
    public int TokenWidth => ImageTokens?.Shape[^1] ?? 0;

    private const int PublishedSize = 1536; // of exports that leave the sides open

    // Names that exports are known to use, most exact first.
    private static readonly (SingleFileFlavor Flavor, string[] Depth, string[] Scale)[] Known =
    [
        (SingleFileFlavor.CanonicalInverseDepth, ["canonical_inverse_depth", "inverse_depth"], ["field_of_view_degrees", "field_of_view", "fov_deg", "fov"]),
        (SingleFileFlavor.MetricDepth, ["predicted_depth", "depth"], ["focallength_px", "focal_length_px"]),
    ];

    /// <summary>Recognises the interface by names and shapes.</summary>
    /// <exception cref="InvalidDataException">Unknown: the message says what was found and what is expected.</exception>
    public static SingleFileInterface Recognize(string path)
    {
        var found = OnnxInterface.Read(path);
        if (found.Inputs is [{ Shape.Count: 4 } input] && input.Shape[1] is 3 or 0 && input.Shape[2] == input.Shape[3])
        {
            var inputSize = input.Shape[2] is 0 ? PublishedSize : input.Shape[2];
            foreach (var (flavor, depths, scales) in Known)
            {
                var depth = depths.Select(name => found.Outputs.FirstOrDefault(o => o.Name == name)).FirstOrDefault(o => o is { Shape.Count: >= 2 });
                var scale = scales.Select(name => found.Outputs.FirstOrDefault(o => o.Name == name)).FirstOrDefault(o => o is not null && o.Shape.All(d => d is 0 or 1));
                if (depth is not null && scale is not null && depth.Shape[^1] == depth.Shape[^2])
                {
                    return new(flavor, input, depth, scale, inputSize, depth.Shape[^1] is 0 ? inputSize : depth.Shape[^1])
                    {
                        DataFiles = found.DataFiles,
                        ImageTokens = found.Outputs.FirstOrDefault(o => o.Name == ModelParts.ImageTokens && o is { Shape: [0 or 1, _, > 0] } && GridOf(o) > 0),
                    };
                }
            }
        }
        throw new InvalidDataException(
            $"'{path}' has the inputs {string.Join(", ", found.Inputs)} and the outputs {string.Join(", ", found.Outputs)}. Expected one input (1, 3, S, S), "
            + "and the outputs 'predicted_depth' and 'focallength_px', or 'canonical_inverse_depth' and 'field_of_view_degrees'. Convert the checkpoint with 'depthpro convert --single-file'.");
    }

    // 0 unless the tokens are a class token and a square.
    private static int GridOf(OnnxTensor tokens)
    {
        var grid = (int)Math.Sqrt(Math.Max(0, tokens.Shape[1] - 1));
        return grid * grid == tokens.Shape[1] - 1 ? grid : 0;
    }
}
