using System.Security.Cryptography;
using System.Text;
using DepthPro.Network;

namespace DepthPro.Training.Data;

/// <summary>Photos and their depth from files. Prepared ones are kept in memory up to a limit, the others read each time. Not thread-safe.</summary>
public sealed class FolderTrainingSet : TrainingSet
{
    private readonly PhotoDepthPairs _files;
    private readonly ShuffledOrder _order;
    private readonly Dictionary<int, TrainingExample> _kept = [];
    private readonly HashSet<int> _broken = [];
    private string _firstReason = "";
    private long _keptBytes;

    /// <summary>Pairs the files of two folders, or of one, and of those within them; reads none.</summary>
    /// <param name="photoFolder">Photos in any format that ML.NET decodes.</param>
    /// <param name="depthFolder">Depth of the photos' sizes in any format that <see cref="DepthFile"/> reads; a file has its photo's name but for the extension. Null: the photos' folder.</param>
    /// <param name="name">For messages; null: the photo folder's.</param>
    /// <remarks>A photo's focal length is the first that is known of <see cref="FocalLengthPixels"/>, <c>focalLengthPixels</c> in a JSON file of its name beside the depth or the photo, as
    /// 'depthpro estimate' writes it, the depth's calibration, and EXIF.</remarks>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">No photo has depth.</exception>
    public FolderTrainingSet(string photoFolder, string? depthFolder = null, string? name = null) : base(name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(photoFolder)))
    {
        ArgumentException.ThrowIfNullOrEmpty(photoFolder);
        _files = PhotoDepthPairs.Find(photoFolder, depthFolder ?? photoFolder);
        _order = new(_files.Pairs.Count);
    }

    /// <summary>What depth files do not say of themselves.</summary>
    public DepthFileOptions Files { get; init; } = new();

    /// <summary>Of every photo, pixels, above 0; null: each one's own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0, or not finite.</exception>
    public float? FocalLengthPixels
    {
        get;
        init => field = value is null or (> 0 and < float.PositiveInfinity) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The focal length of every photo must be finite and above 0, in pixels; null takes each one's own.");
    }

    /// <summary>Largest memory for prepared photos, bytes; at least 0.</summary>
    public long MemoryBytes { get; init; } = ExampleStore.UsualMemoryBytes;

    /// <summary>How many photos have depth.</summary>
    public int Count => _files.Pairs.Count;

    /// <summary>Photos without depth and depth files without a photo.</summary>
    public IReadOnlyList<string> Unpaired => _files.Unpaired;

    internal override int? Length => Count;

    internal override bool KeepsExamples => true;

    internal override string Contents => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [.. _files.Pairs.Select(pair => $"{pair.Name} {new FileInfo(pair.Photo).Length} {new FileInfo(pair.Depth).Length}"), FormattableString.Invariant($"{Files} {FocalLengthPixels}")]))));

    internal override TrainingExample Draw(long number, ulong seed, NetworkConfig config)
    {
        var first = number - number % Count;
        for (var next = 0; next < Count; next++)
        {
            // The next ones of the same epoch, so that the draw does not depend on the draws before it.
            var index = _order[first + (number - first + next) % Count, seed];
            if (Example(index, config) is { } example) { return example; }
        }
        throw new InvalidDataException($"Set '{Name}': none of its {Count} photos can be used; the first of them: {_firstReason}");
    }

    private TrainingExample? Example(int index, NetworkConfig config)
    {
        if (_broken.Contains(index)) { return null; }
        if (_kept.TryGetValue(index, out var kept)) { return kept; }
        var pair = _files.Pairs[index];
        try
        {
            var example = Read(pair, config);
            if ((_keptBytes += example.Bytes) <= MemoryBytes) { _kept[index] = example; }
            return example;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            var reason = $"photo '{pair.Photo}' with depth '{pair.Depth}': {exception.Message}";
            if (Skipped is null) { throw new InvalidDataException($"Set '{Name}': {reason}", exception); }
            if (_broken.Count == 0) { _firstReason = reason; }
            _broken.Add(index);
            Skipped(reason);
            return null;
        }
    }

    private TrainingExample Read(PhotoDepthPair pair, NetworkConfig config)
    {
        var focalLength = FocalLengthPixels ?? (pair.Sidecar is null ? null : DepthSidecar.ReadFocalLengthPixels(pair.Sidecar)) ?? float.NaN;
        return TrainingExample.Of(Photo.FromFile(pair.Photo), DepthFile.Read(pair.Depth, Files), focalLength, IsMetric, config);
    }
}
