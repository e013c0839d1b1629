using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Network.Onnx;

namespace DepthPro.Network;

/// <summary>Turns a checkpoint into a model folder, streaming: no more than a few tensors are in memory. Safe from several threads for different outputs.</summary>
public static class ModelConverter
{
    /// <summary>Key of a safetensors checkpoint's metadata under which the network's sizes are kept, as JSON.</summary>
    public const string ConfigMetadata = "network";

    internal const string LicenceMetadata = "licence";

    /// <summary>What the precisions are called in <c>network.json</c> and on the command line.</summary>
    public static IReadOnlyDictionary<WeightPrecision, string> PrecisionNames { get; } =
        new Dictionary<WeightPrecision, string> { [WeightPrecision.Float32] = "fp32", [WeightPrecision.Float16] = "fp16", [WeightPrecision.Int8] = "int8", [WeightPrecision.Float16Compute] = "fp16-compute", [WeightPrecision.Int4WeightOnly] = "int4-weight-only", [WeightPrecision.Int8WeightOnly] = "int8-weight-only" };

    private const long LargestInside = 256L << 20; // a single file holds its weights up to here; above, they go beside it

    private const string PublishedLicence =
        "The weights keep the terms they came with; Apple publishes its Depth Pro checkpoint under the Apple Machine Learning Research Model licence, not under this library's MIT licence.";

    /// <summary>Converts a checkpoint.</summary>
    /// <param name="checkpointPath">A torch <c>.pt</c> (zip) or <c>.safetensors</c> file, with Apple's or Hugging Face's tensor names.</param>
    /// <param name="outputFolder">The model folder to create; it must not exist, or be empty. It appears only when it is complete.</param>
    /// <param name="options">Sizes, precision and form; null for the defaults.</param>
    /// <param name="progress">Told the share done, 0 to 1; what it throws ends the conversion, which then leaves nothing.</param>
    /// <returns>The new model.</returns>
    /// <exception cref="FileNotFoundException">No such checkpoint.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, does not hold the network exactly, or holds values that are not finite in the precision asked for.</exception>
    /// <exception cref="ArgumentException">A single file or a portable model is to be of int8, int4-weight-only or int8-weight-only.</exception>
    /// <exception cref="IOException">The output folder is in use or cannot be written.</exception>
    public static DepthProModel Convert(string checkpointPath, string outputFolder, ConversionOptions? options = null, IProgress<double>? progress = null)
    {
        options ??= new();
        if (options.SingleFile && options.Precision.NeedsOnnxRuntime)
        {
            throw new ArgumentException($"{PrecisionNames[options.Precision]} is multiplied by an operator of ONNX Runtime's own; a single file has standard operators only, for other runtimes. Convert to a model folder, or with fp16.", nameof(options));
        }
        if (options.Portable && options.Precision.NeedsOnnxRuntime)
        {
            throw new ArgumentException($"{PrecisionNames[options.Precision]} is multiplied by an operator of ONNX Runtime's own, and the model is to keep to standard operators. Convert with fp16, or without Portable.", nameof(options));
        }
        using var checkpoint = Checkpoint.Open(checkpointPath);
        var config = (options.Config ?? ConfigOf(checkpoint) ?? new()).Validated();
        var form = options.SingleFile || options.Portable ? GraphForm.Portable : options.Precision.Form;
        IReadOnlyList<Graph> graphs = options.SingleFile ? [DepthProNetwork.Whole(config, form)] : DepthProNetwork.Parts(config, form);
        StrictLoading.Require(checkpoint, graphs.SelectMany(g => g.Parameters));

        var files = new List<ModelFile>();
        using var folder = new UnfinishedFolder(outputFolder);
        using var source = new SourceHash(checkpointPath); // takes as long as the rest, so beside it
        var (done, total) = (0L, graphs.Sum(g => g.StoredParameters.Concat(g.DerivedParameters.SelectMany(derived => derived.Sources)).Sum(p => p.Shape.Count)));
        void Read(string name, Span<float> destination)
        {
            FiniteWeights.Read(checkpoint, name, destination, options.Precision);
            done += destination.Length;
            progress?.Report((double)done / total);
        }
        foreach (var graph in graphs) { files.AddRange(WriteGraph(graph, folder, options, Read)); }

        var manifest = new ModelManifest
        {
            Network = config,
            Precision = PrecisionNames[options.Precision],
            Files = files,
            SourceName = Path.GetFileName(checkpointPath),
            SourceSha256 = source.Sha256,
            Licence = options.Licence ?? (checkpoint.Metadata.GetValueOrDefault(LicenceMetadata) ?? PublishedLicence),
        };
        folder.Write(ModelManifest.FileName, manifest.ToJson() + "\n");
        folder.Finish();
        return DepthProModel.Open(outputFolder);
    }

    /// <summary>Rewrites a checkpoint as safetensors with Apple's tensor names and the network's sizes in its metadata, so that it converts without further options.</summary>
    /// <param name="checkpointPath">As for <see cref="Convert"/>.</param>
    /// <param name="outputPath">The .safetensors file; replaced if it exists.</param>
    /// <param name="options">Sizes, precision and licence; null for the defaults.</param>
    /// <param name="progress">As for <see cref="Convert"/>.</param>
    /// <exception cref="FileNotFoundException">No such checkpoint.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, does not hold the network exactly, or holds values that are not finite in the precision asked for.</exception>
    /// <exception cref="ArgumentException">It is to be of another precision than fp32 or fp16, which says how a model computes.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void ConvertToSafetensors(string checkpointPath, string outputPath, ConversionOptions? options = null, IProgress<double>? progress = null)
    {
        options ??= new();
        if (options.Precision is not (WeightPrecision.Float32 or WeightPrecision.Float16))
        {
            var name = PrecisionNames[options.Precision];
            throw new ArgumentException($"A checkpoint is not stored as {name}; expected fp32 or fp16. Convert it to a model folder for {name}.", nameof(options));
        }
        using var checkpoint = Checkpoint.Open(checkpointPath);
        var config = (options.Config ?? ConfigOf(checkpoint) ?? new()).Validated();
        var parameters = DepthProNetwork.Parts(config).SelectMany(g => g.Parameters).ToList();
        StrictLoading.Require(checkpoint, parameters);
        var type = options.Precision == WeightPrecision.Float16 ? TensorType.Float16 : TensorType.Float32;
        var metadata = new Dictionary<string, string> { [ConfigMetadata] = ModelManifest.ConfigToJson(config) };
        if ((options.Licence ?? checkpoint.Metadata.GetValueOrDefault(LicenceMetadata)) is { } licence) { metadata[LicenceMetadata] = licence; }
        var (done, total) = (0L, parameters.Sum(p => p.Shape.Count));
        SafetensorsWriter.Write(outputPath, [.. parameters.Select(p => new TensorInfo(p.Path, type, p.CheckpointShape.ToArray()))], info =>
        {
            var values = new float[info.Count];
            FiniteWeights.Read(checkpoint, info.Name, values, options.Precision);
            done += values.Length;
            progress?.Report((double)done / total);
            return values;
        }, metadata);
    }

    /// <summary>The network's sizes that a checkpoint carries in its metadata; null if it carries none.</summary>
    /// <exception cref="InvalidDataException">They are not sizes.</exception>
    public static NetworkConfig? ConfigOf(Checkpoint checkpoint)
        => checkpoint.Metadata.TryGetValue(ConfigMetadata, out var json) ? ModelManifest.Parse(json, $"{checkpoint.Name}, metadata '{ConfigMetadata}'").Network : null;

    /// <summary>A precision by its name; null where there is none.</summary>
    internal static WeightPrecision? PrecisionOf(string? name) => PrecisionNames.Where(known => known.Value == name).Select(known => (WeightPrecision?)known.Key).FirstOrDefault();

    private static IEnumerable<ModelFile> WriteGraph(Graph graph, UnfinishedFolder folder, ConversionOptions options, ParameterReader read)
    {
        var (modelName, dataName) = ($"{graph.Name}.onnx", $"{graph.Name}.data");
        var bytes = sizeof(float) * graph.DerivedParameters.Sum(d => d.Shape.Count) + graph.StoredParameters.Sum(p => p.Shape.Count) * (options.Precision.StoresHalves ? 2 : 4);
        using var model = folder.Create(modelName);
        if (options.SingleFile && bytes <= LargestInside)
        {
            OnnxWriter.Write(graph, model, read, options.Precision);
            return [model.Finish()];
        }
        using var data = folder.Create(dataName);
        OnnxWriter.Write(graph, model, data, dataName, read, options.Precision);
        return [model.Finish(), data.Finish()];
    }
}
