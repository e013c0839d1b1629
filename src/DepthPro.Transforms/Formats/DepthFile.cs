using DepthPro.Formats;

namespace DepthPro;

/// <summary>Reads depth maps and masks from files, and writes depth maps. Thread-safe.</summary>
/// <remarks>What a file is that is read, its first bytes tell, whatever it is called: NumPy's .npy and .npz (also compressed), .png, .pfm. No more
/// than 2^28 pixels are read. Nothing in a file is executed.</remarks>
public static class DepthFile
{
    private const int SignatureBytes = 8;
    private const string UsualDepth = "depth", UsualMask = "mask";

    /// <summary>The extensions of the files that are read, lower case: .npy, .npz, .png, .pfm.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".npy", ".npz", ".png", ".pfm"];

    /// <summary>Reads a depth map: an array of numbers, a 16-bit grey PNG, or a grey PFM.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file does not say of itself; null for the defaults.</param>
    /// <returns>Metres. Arrays are taken as they are, zeros and infinities among them; in a .png 0 becomes NaN, in a .pfm what is not finite, and of
    /// disparities those without a finite positive depth. The focal length is a calibration's, or unknown.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or no calibration.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off, or holds something else than one depth map; the message says what.</exception>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DepthMap Read(string path, DepthFileOptions? options = null)
    {
        options ??= new();
        options.Validate();
        using var stream = Open(path, "Depth file", out var subject);
        var calibration = StereoCalibration.For(stream.Name, options.CalibrationPath);
        var map = ReadDepth(stream, options, calibration is not null, subject);
        calibration?.ToMeters(map, subject);
        return calibration is null
            ? DepthMap.Adopt(map.Width, map.Height, map.Values, float.NaN, FocalLengthSource.Unknown)
            : DepthMap.Adopt(map.Width, map.Height, map.Values, (float)calibration.FocalLengthPixels, FocalLengthSource.Given);
    }

    /// <summary>Writes a depth map in the format that the path's extension says; a file at <paramref name="path"/> is replaced when the new one is complete.</summary>
    /// <param name="path">Ends in .npy or .npz (float32, deflated in the latter), .pfm (float32, grey, rows from the bottom up), or .png (16-bit grey).</param>
    /// <param name="depth">Metres. Arrays and .pfm hold them to the bit, NaN and infinities among them. A .png holds them rounded to whole units, millimetres
    /// unless <paramref name="options"/> say otherwise: 0 where the depth is NaN, zero or negative, for unknown; 1 at least where it is known; 65,535 where it is
    /// farther, 65.535 m in millimetres. The focal length is not in these files: <see cref="DepthSidecar"/> states it.</param>
    /// <param name="options"><see cref="DepthFileOptions.UnitsPerMeter"/> and <see cref="DepthFileOptions.ArrayName"/>, with which <see cref="Read"/> gives the map back; null for the defaults.</param>
    /// <returns>What the file cannot say.</returns>
    /// <exception cref="ArgumentException">The path has another extension (a .depth.png is a picture of depth, and never read as depth) or is named as disparity is (disp0.pfm), the options are out
    /// of range, a .depth16.png is to be in another unit than millimetres, or a calibration is named, for depth is not written as disparity.</exception>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist (<see cref="DirectoryNotFoundException"/>); nothing of it is left.</exception>
    public static WrittenDepth Write(string path, DepthMap depth, DepthFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(depth);
        options ??= new();
        options.Validate();
        if (options.CalibrationPath is { } calibration) { throw new ArgumentException($"Depth file '{path}' is to be written by the calibration '{calibration}'; expected none: depth is written in metres, never as disparity.", nameof(options)); }
        if (DepthFileNames.RankOf(path) is null) { throw new ArgumentException($"Depth file '{path}' cannot be written: its name says no format for depth; expected it to end in {string.Join(", ", DepthFileNames.Suffixes)} ({DepthFileNames.PictureSuffix} is for pictures).", nameof(path)); }
        if (StereoCalibration.IsNamedAsDisparity(path)) { throw new ArgumentException($"Depth file '{path}' is named as Middlebury's disparity is, for which it would be taken; expected another name: put something before 'disp', or write .npy.", nameof(path)); }
        if (path.EndsWith(DepthFileNames.MillimeterSuffix, StringComparison.OrdinalIgnoreCase) && options.UnitsPerMeter != DepthFileOptions.MillimetersPerMeter) { throw new ArgumentException(FormattableString.Invariant($"Depth file '{path}' is to be written with {options.UnitsPerMeter} units per metre; a file so named is in millimetres, {DepthFileOptions.MillimetersPerMeter} units, whoever reads it. Give it a name that ends in .png alone."), nameof(options)); }
        var written = default(WrittenDepth);
        AtomicFile.Write(path, stream =>
        {
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".npy": Npy.WriteTo(stream, depth); break;
                case ".npz": NpzWriter.Write(stream, depth, options.ArrayName ?? UsualDepth); break;
                case ".pfm": PfmWriter.Write(stream, depth); break;
                default: written = new(PngDepthWriter.Write(stream, depth, options.UnitsPerMeter)); break;
            }
        });
        return written;
    }

    /// <summary>Reads an object's matte, or a mask of the pixels that count.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrayName">Which array of an .npz file it is, without <c>.npy</c>; null: <c>mask</c>, or else the only one.</param>
    /// <returns>Alpha 0..1. Of a PNG its alpha channel, unless that is missing or opaque everywhere; then its grey, also as colours or a palette of
    /// equal red, green and blue. Of unsigned integers of 8 and 16 bits the largest stands for 1, unless the file holds none but 0 and 1.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off, or holds something else than one mask; the message says what.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DepthMask ReadMask(string path, string? arrayName = null)
    {
        using var stream = Open(path, "Mask", out var subject);
        return ReadMask(stream, arrayName, subject);
    }

    internal static StoredMap ReadDepth(Stream stream, DepthFileOptions options, bool isDisparity, string subject)
    {
        switch (KindOf(stream, subject))
        {
            case Kind.Npy: return NpyReader.Read(stream, stream.Length, subject);
            case Kind.Npz: return NpzReader.Read(stream, options.ArrayName, UsualDepth, subject);
            case Kind.Png:
                return isDisparity
                    ? throw new InvalidDataException($"{subject} is a PNG file, and there is a calibration; expected disparity as .pfm, .npy or .npz.")
                    : PngDepth.Read(stream, options.UnitsPerMeter, subject);
            default:
                var map = PfmReader.Read(stream, subject);
                foreach (ref var value in map.Values.AsSpan()) { value = float.IsFinite(value) ? value : float.NaN; }
                return map;
        }
    }

    internal static DepthMask ReadMask(Stream stream, string? arrayName, string subject)
    {
        var map = KindOf(stream, subject) switch
        {
            Kind.Npy => NpyReader.Read(stream, stream.Length, subject),
            Kind.Npz => NpzReader.Read(stream, arrayName, UsualMask, subject),
            Kind.Png => PngMask.Read(stream, subject),
            _ => PfmReader.Read(stream, subject),
        };
        return DepthMask.Of(map, subject);
    }

    private static FileStream Open(string path, string kind, out string subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var fullPath = Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            var found = Directory.Exists(fullPath) ? "it is a folder" : "there is no such file";
            throw new FileNotFoundException($"{kind} '{path}' cannot be read: {found}; expected a file ({string.Join(", ", Extensions)}) at '{fullPath}'.", fullPath);
        }
        subject = $"{kind} '{fullPath}'";
        return new(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    private static Kind KindOf(Stream stream, string subject)
    {
        Span<byte> start = stackalloc byte[SignatureBytes];
        start = start[..stream.ReadAtLeast(start, SignatureBytes, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith(NpyReader.Signature)) { return Kind.Npy; }
        if (NpzReader.IsSignature(start)) { return Kind.Npz; }
        if (start.SequenceEqual(PngFile.Signature)) { return Kind.Png; }
        if (PfmReader.IsSignature(start)) { return Kind.Pfm; }
        throw new InvalidDataException(start.IsEmpty
            ? $"{subject} is empty (0 bytes); expected an .npy, .npz, .png or .pfm file."
            : $"{subject} begins with the bytes {Convert.ToHexString(start)}; expected an .npy, .npz, .png or .pfm file, which are known by their first bytes. Check the file, or convert it to one of these.");
    }

    private enum Kind
    {
        Npy,
        Npz,
        Png,
        Pfm,
    }
}
