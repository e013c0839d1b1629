using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DepthPro.Network;

/// <summary>What <c>network.json</c> says: the network's sizes and, in a model folder, the files that hold it and where they came from. Immutable, thread-safe.</summary>
public sealed record ModelManifest
{
    /// <summary>The file's name in a model folder.</summary>
    public const string FileName = "network.json";

    /// <summary>The version this library writes, and the newest it reads.</summary>
    public const int CurrentVersion = 1;

    private const int MaxBytes = 1 << 20; // ours have some three thousand

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Version of the model folder's format.</summary>
    public int FormatVersion { get; init; } = CurrentVersion;

    /// <summary>The network's sizes.</summary>
    [JsonIgnore]
    public NetworkConfig Network { get; init; } = new();

    /// <summary>How the weights are stored: a name of <see cref="ModelConverter.PrecisionNames"/>.</summary>
    public string? Precision { get; init; }

    /// <summary>The model's files.</summary>
    public IReadOnlyList<ModelFile> Files { get; init; } = [];

    /// <summary>File name of the checkpoint the model was converted from.</summary>
    public string? SourceName { get; init; }

    /// <summary>SHA-256 of that checkpoint.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>Whose terms hold for the weights.</summary>
    public string? Licence { get; init; }

    /// <summary>Reads the JSON of a <c>network.json</c>, which may hold the sizes only.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="where">File or other origin, for messages.</param>
    /// <exception cref="InvalidDataException">Not JSON, an unknown member, a newer format, or sizes that do not fit together; the message names <paramref name="where"/> and the member.</exception>
    public static ModelManifest Parse(string json, string where)
    {
        try
        {
            var members = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("expected an object");
            var version = members["formatVersion"]?.GetValue<int>() ?? CurrentVersion;
            if (version > CurrentVersion)
            {
                throw new InvalidDataException($"'{where}' has formatVersion {version}; this library reads up to {CurrentVersion}. Update DepthPro.MLNet, or convert the checkpoint again with this version.");
            }
            var own = new JsonObject();
            foreach (var name in ManifestMembers) { if (members.Remove(name, out var value)) { own[name] = value; } }
            var network = members.Deserialize<NetworkConfig>(Json) ?? new();
            var manifest = own.Deserialize<ModelManifest>(Json) ?? new();
            foreach (var file in manifest.Files)
            {
                // A model's files lie in its folder and nowhere else.
                if (file?.Name is null or "" or "." or ".." || file.Name.AsSpan().IndexOfAny('/', '\\', ':') >= 0) { throw new FormatException($"files: '{file?.Name}' is no file name."); }
            }
            return manifest with { Network = network.Validated() };
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"'{where}' is not a usable {FileName}: {exception.Message} Expected members: vit, hookBlocks, encoderDims, decoderWidth, headWidths, fieldOfView, upsampling, imageEncoder, fieldOfViewEncoder, {string.Join(", ", ManifestMembers)}.", exception);
        }
    }

    /// <summary>Reads a <c>network.json</c> file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="InvalidDataException">As <see cref="Parse"/>, or the file has more than a megabyte.</exception>
    public static ModelManifest Read(string path)
    {
        var bytes = new FileInfo(path).Length;
        return bytes <= MaxBytes ? Parse(File.ReadAllText(path), path)
            : throw new InvalidDataException($"'{path}' has {bytes} bytes; expected a {FileName} of at most {MaxBytes}. Check that the path is right.");
    }

    /// <summary>The JSON of a <c>network.json</c>, sizes first.</summary>
    public string ToJson()
    {
        var members = ConfigJson(Network);
        foreach (var (name, value) in JsonSerializer.SerializeToNode(this, Json)?.AsObject().ToList() ?? []) { members[name] = value?.DeepClone(); }
        return members.ToJsonString(Json);
    }

    /// <summary>The JSON of the sizes only, in one line; what a checkpoint may carry in its metadata.</summary>
    internal static string ConfigToJson(NetworkConfig config) => ConfigJson(config).ToJsonString();

    private static JsonObject ConfigJson(NetworkConfig config) => JsonSerializer.SerializeToNode(config, Json)?.AsObject() ?? [];

    private static readonly string[] ManifestMembers = ["formatVersion", "precision", "files", "sourceName", "sourceSha256", "licence"];
}
