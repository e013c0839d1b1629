using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DepthPro.Formats;

namespace DepthPro;

/// <summary>What is known of one photo's depth beyond its pixels; written as JSON beside the depth files. Immutable, thread-safe.</summary>
/// <remarks>NaN (no finite depth, unknown focal length) is null. What is not required is left out of the JSON where it is null.</remarks>
public sealed record DepthSidecar
{
    private static readonly JsonSerializerOptions OneLine = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    private static readonly JsonSerializerOptions Indented = new(OneLine) { WriteIndented = true };

    /// <summary>The photo, as the caller named it.</summary>
    public required string Photo { get; init; }

    /// <summary>Pixels of the depth, and of the photo unless <see cref="OriginalWidth"/> says otherwise.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels of the depth, and of the photo unless <see cref="OriginalHeight"/> says otherwise.</summary>
    public required int Height { get; init; }

    /// <summary>Focal length, pixels of <see cref="Width"/>.</summary>
    public required float? FocalLengthPixels { get; init; }

    /// <summary>given, exif35mm, exifFocalPlane, estimated or locked.</summary>
    public required string FocalLengthSource { get; init; }

    /// <summary>Horizontal field of view, degrees.</summary>
    public required float? FieldOfViewDegrees { get; init; }

    /// <summary>Smallest depth, metres.</summary>
    public required float? DepthMetersMin { get; init; }

    /// <summary>Median depth, metres.</summary>
    public required float? DepthMetersMedian { get; init; }

    /// <summary>Largest depth, metres.</summary>
    public required float? DepthMetersMax { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary><see cref="DepthProModel.Sha256"/> of the model.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary><see cref="DepthNetwork.Device"/>.</summary>
    public required string Device { get; init; }

    /// <summary>How the model's weights are stored.</summary>
    public required string Precision { get; init; }

    /// <summary>Pixels of the photo before it was scaled down to <see cref="Width"/>; null: it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OriginalWidth { get; init; }

    /// <summary>Pixels of the photo before it was scaled down to <see cref="Height"/>; null: it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OriginalHeight { get; init; }

    /// <summary>Where the optical axis meets the photo: pixels from its left edge, so that the first pixel's centre is at 0.5; null: not stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PrincipalPointXPixels { get; init; }

    /// <summary>Where the optical axis meets the photo: pixels from its top edge, so that the first pixel's centre is at 0.5; null: not stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PrincipalPointYPixels { get; init; }

    /// <summary>Metres of one unit of the 16-bit PNG beside this; null: there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Depth16MetersPerUnit { get; init; }

    /// <summary>Pixels that are farther than the 16-bit PNG can say and stand there as 65,535; null: there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Depth16SaturatedPixels { get; init; }

    /// <summary>How long the photo's file was when it was estimated; null: not stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PhotoBytes { get; init; }

    /// <summary>The depth files that were written with this and lie beside it; null: not stated. Two sidecars are equal only if they share the list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WrittenFile>? Files { get; init; }

    /// <summary>Describes a depth map and the network that made it.</summary>
    public static DepthSidecar Of(string photo, DepthMap depth, DepthNetwork network)
    {
        ArgumentNullException.ThrowIfNull(depth);
        ArgumentNullException.ThrowIfNull(network);
        return new()
        {
            Photo = photo,
            Width = depth.Width,
            Height = depth.Height,
            FocalLengthPixels = Known(depth.FocalLengthPixels),
            FocalLengthSource = depth.FocalLengthSource.ToText(),
            FieldOfViewDegrees = Known(depth.FieldOfViewDegrees),
            DepthMetersMin = Known(depth.Min),
            DepthMetersMedian = Known(depth.Median),
            DepthMetersMax = Known(depth.Max),
            Model = network.Model.Name,
            ModelSha256 = network.Model.Sha256,
            Device = network.Device,
            Precision = network.Model.Precision,
        };
    }

    /// <summary>JSON in one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, OneLine);

    /// <summary>Writes indented JSON; a file at <paramref name="path"/> is replaced when the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Indented));

    /// <summary>Reads what <see cref="Write"/> writes; members that it does not know are passed over.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no JSON, or lacks a required member.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DepthSidecar Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) { throw new FileNotFoundException($"Sidecar '{path}' cannot be read: there is no such file; expected the JSON that 'depthpro estimate' writes beside a photo's depth.", path); }
        try
        {
            return JsonSerializer.Deserialize<DepthSidecar>(File.ReadAllBytes(path), OneLine) ?? throw new JsonException("It holds null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' is no sidecar of depth: {exception.Message.TrimEnd('.')}. Expected the JSON that 'depthpro estimate' writes; estimate the photo again.", exception);
        }
    }

    /// <summary>What more there is to say where a 16-bit PNG is written: its unit, what it saturates, and with the focal length the camera.</summary>
    /// <param name="unitsPerMeter">As the PNG was written.</param>
    /// <param name="written">What <see cref="DepthFile.Write"/> said of it.</param>
    public DepthSidecar WithDepth16(double unitsPerMeter, WrittenDepth written) => this with
    {
        PrincipalPointXPixels = Width / 2.0,
        PrincipalPointYPixels = Height / 2.0,
        Depth16MetersPerUnit = 1 / unitsPerMeter,
        Depth16SaturatedPixels = written.SaturatedPixels,
    };

    /// <summary>The focal length in a JSON file beside a photo or its depth, which need hold nothing else; null when it says none.</summary>
    /// <exception cref="InvalidDataException">The file is no JSON object, or its focal length is not a number above 0.</exception>
    internal static float? ReadFocalLengthPixels(string path)
    {
        const string Member = "focalLengthPixels";
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (!document.RootElement.TryGetProperty(Member, out var found) || found.ValueKind == JsonValueKind.Null) { return null; }
            var pixels = found.GetSingle();
            return float.IsFinite(pixels) && pixels > 0 ? pixels : throw new FormatException($"{Member} is {found.GetRawText()}; expected a number of pixels above 0, or null");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{path}' tells no focal length: {exception.Message.TrimEnd('.')}. Expected {{ \"{Member}\": 1234.5 }}.", exception);
        }
    }

    private static float? Known(float value) => float.IsFinite(value) ? value : null;
}
