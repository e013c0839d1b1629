using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Onnx;
using DepthPro.Network.Reports;

namespace DepthPro;

/// <summary>A Depth Pro network that can be opened: the embedded demo model, a model folder, or one ONNX file. Immutable and thread safe.</summary>
/// <remarks>Holds no weights and nothing to dispose; it says where they are.</remarks>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed class DepthProModel : IHtmlContent
{
    private const string DemoName = "demo";

    private static readonly Lazy<DepthProModel> EmbeddedDemo = new(OpenDemo);
    private readonly Lazy<string> _sha256;

    private DepthProModel(string name, string? path, ModelManifest? manifest, SingleFileInterface? singleFile, Func<string> sha256)
    {
        (Name, Path, Manifest, SingleFile) = (name, path, manifest, singleFile);
        _sha256 = new(sha256);
    }

    /// <summary>The small network that comes with the library: for trying things out without a download. It is no replacement for the published weights.</summary>
    public static DepthProModel Demo => EmbeddedDemo.Value;

    /// <summary>"demo", or the last part of <see cref="Path"/>.</summary>
    public string Name { get; }

    /// <summary>Full path of the model folder or ONNX file; null for the demo model.</summary>
    public string? Path { get; }

    /// <summary>What <c>network.json</c> says; null for a lone ONNX file.</summary>
    public ModelManifest? Manifest { get; }

    /// <summary>The network's sizes; null for a lone ONNX file.</summary>
    public NetworkConfig? Config => Manifest?.Network;

    /// <summary>How to use a whole network in one file; null for one in parts.</summary>
    public SingleFileInterface? SingleFile { get; }

    /// <summary>S, the side of the network input, pixels.</summary>
    public int InputSize => Config?.InputSize ?? SingleFile?.InputSize ?? 0;

    /// <summary>O, the side of the canonical inverse depth.</summary>
    public int OutputSize => SingleFile?.OutputSize ?? Config?.OutputSize ?? 0;

    /// <summary>P, the side of a patch, pixels: a quarter of <see cref="InputSize"/>.</summary>
    public int PatchSize => InputSize / 4;

    /// <summary>Tokens along one side of the image encoder's grid; 0 when the model does not give them (an ONNX file without the output <c>image_tokens</c>).</summary>
    public int TokenGrid => SingleFile?.TokenGrid ?? Config?.ImageVit.Grid ?? 0;

    /// <summary>Length of one of the image encoder's tokens; 0 when the model does not give them.</summary>
    public int TokenWidth => SingleFile?.TokenWidth ?? Config?.ImageVit.Width ?? 0;

    /// <summary>Whether the network estimates the field of view.</summary>
    public bool EstimatesFieldOfView => SingleFile is not null || Config is { FieldOfView: true };

    /// <summary>How the weights are stored: a name of <see cref="ModelConverter.PrecisionNames"/>, or unknown for a lone ONNX file.</summary>
    public string Precision => Manifest?.Precision ?? "unknown";

    /// <summary>The same; null where it is unknown.</summary>
    internal WeightPrecision? WeightPrecision => ModelConverter.PrecisionOf(Precision);

    /// <summary>SHA-256 that identifies the model: of <c>network.json</c> (which holds its files' hashes), of the lone ONNX file (with its data files, of all their hashes), or of the demo's checkpoint. 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>Finds out what a model folder or ONNX file is, without reading its weights.</summary>
    /// <param name="path">A folder with a <c>network.json</c>, or an .onnx file.</param>
    /// <exception cref="FileNotFoundException">Nothing there, or a folder without <c>network.json</c>.</exception>
    /// <exception cref="InvalidDataException">The description is damaged, or the ONNX file has an unknown interface.</exception>
    public static DepthProModel Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var name = System.IO.Path.GetFileName(full);
        if (File.Exists(full))
        {
            var form = SingleFileInterface.Recognize(full);
            return new(name, full, null, form, () => Network.Sha256.OfFiles([full, .. form.DataFiles.Select(file => Beside(full, file))]));
        }

        var description = System.IO.Path.Combine(full, ModelManifest.FileName);
        if (!File.Exists(description))
        {
            throw new FileNotFoundException($"No model at '{full}': {(Directory.Exists(full) ? $"the folder has no {ModelManifest.FileName}" : "there is no such folder or file")}. Expected a model folder made by 'depthpro convert', or an .onnx file.", description);
        }
        var manifest = ModelManifest.Read(description);
        var whole = manifest.Files.FirstOrDefault(f => f.Name == $"{WholeName}.onnx");
        return new(name, full, manifest, whole is null ? null : SingleFileInterface.Recognize(System.IO.Path.Combine(full, whole.Name)), () => Network.Sha256.OfFile(description));
    }

    /// <summary>Writes the demo model's checkpoint to a file, so that <see cref="ModelConverter"/> can make other forms of it: a model folder, or one ONNX file.</summary>
    /// <param name="path">The .safetensors file; replaced if it exists.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void SaveDemoCheckpoint(string path)
    {
        using var file = File.Create(path);
        using var demo = DemoResource.Open();
        demo.CopyTo(file);
    }

    /// <summary>A path where a model is expected; <see cref="Open"/>.</summary>
    public static implicit operator DepthProModel(string path) => Open(path);

    /// <summary>Reads every file of a model folder and compares it with <c>network.json</c>; of a lone ONNX file, sees that its data files are there.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file has another length or hash than <c>network.json</c> says (the message gives both), or a part of the network is not listed.</exception>
    public void Verify()
    {
        if (Path is null) { return; }
        if (Manifest is null)
        {
            if (SingleFile?.DataFiles.Select(file => Beside(Path, file)).FirstOrDefault(file => !File.Exists(file)) is { } missing)
            {
                throw new FileNotFoundException($"'{missing}' is missing, which holds weights of '{Path}'. Copy it beside the model: an ONNX file with external data is complete only with it.", missing);
            }
            return;
        }
        if (Needed.FirstOrDefault(name => Manifest.Files.All(file => file.Name != name)) is { } unlisted)
        {
            throw new InvalidDataException($"'{System.IO.Path.Combine(Path, ModelManifest.FileName)}' lists no file '{unlisted}', but {(Manifest.Files.Count == 0 ? "none at all" : string.Join(", ", Manifest.Files.Select(file => $"'{file.Name}'")))}; this network needs it. Convert the checkpoint again, or copy the whole folder.");
        }
        foreach (var expected in Manifest.Files)
        {
            var file = System.IO.Path.Combine(Path, expected.Name);
            if (!File.Exists(file))
            {
                throw new FileNotFoundException($"The model's file '{file}' is missing; {ModelManifest.FileName} lists it with {expected.Bytes} bytes, SHA-256 {expected.Sha256}. Convert the checkpoint again, or copy the whole folder.", file);
            }
            var (bytes, sha256) = (new FileInfo(file).Length, Network.Sha256.OfFile(file));
            if (sha256 != expected.Sha256)
            {
                throw new InvalidDataException($"The model's file '{file}' has changed: found {bytes} bytes, SHA-256 {sha256}; expected {expected.Bytes} bytes, SHA-256 {expected.Sha256} by {ModelManifest.FileName}. Convert the checkpoint again, or copy the whole folder.");
            }
        }
    }

    /// <summary>Opens the model's weights by their names in the checkpoint, as float32: to look at them, or to go on training. They are read tensor by tensor, and the sizes are in the metadata.</summary>
    /// <returns>The open weights; the caller disposes them.</returns>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file does not hold the weights that the network has, or the model is a lone ONNX file, which says nothing of its network's sizes.</exception>
    public Checkpoint OpenCheckpoint()
    {
        if (Path is null) { return DemoResource.OpenCheckpoint(); }
        return Manifest is null
            ? throw new InvalidDataException($"'{Path}' is a lone ONNX file; expected a model folder, whose {ModelManifest.FileName} tells the network's sizes, or a checkpoint (.pt, .safetensors).")
            : new ModelWeights(Path, Manifest, SingleFile is not null);
    }

    /// <summary>What the model is, as a table for a notebook or a page: HTML that needs no other file. Reads no weights.</summary>
    /// <remarks>.NET Interactive shows a model so by itself. Of a lone ONNX file the SHA-256 is left out, since it takes reading all of it.</remarks>
    public string ToHtml() => ModelHtml.Of(this);

    /// <inheritdoc/>
    public override string ToString() => Path is null ? $"{Name} (embedded)" : Path;

    /// <summary>File of a part (<see cref="ModelParts"/>), or of the whole network; null for the demo model, which <see cref="DemoResource.PartBytes"/> gives.</summary>
    internal string? PartPath(string part) => Path is null ? null : File.Exists(Path) ? Path : System.IO.Path.Combine(Path, $"{part}.onnx");

    private static string Beside(string model, string file) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(model) ?? "", file);

    internal const string WholeName = "depth_pro";

    private IEnumerable<string> Needed
    {
        get
        {
            string[] parts = SingleFile is not null ? [WholeName]
                : [ModelParts.PatchEncoder, ModelParts.ImageEncoder, ModelParts.Decoder, .. EstimatesFieldOfView ? [ModelParts.FieldOfView] : Array.Empty<string>()];
            return parts.Select(part => $"{part}.onnx");
        }
    }

    private static DepthProModel OpenDemo()
    {
        using var checkpoint = DemoResource.OpenCheckpoint();
        var manifest = new ModelManifest { Network = ModelConverter.ConfigOf(checkpoint) ?? new(), Precision = "fp16", Licence = checkpoint.Metadata.GetValueOrDefault(ModelConverter.LicenceMetadata) };
        return new(DemoName, null, manifest, null, () =>
        {
            using var stream = DemoResource.Open();
            return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
        });
    }
}
