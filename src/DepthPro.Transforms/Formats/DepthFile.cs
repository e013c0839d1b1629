using DepthPro.Formats;

namespace DepthPro;

/// <summary>Reads depth maps and masks from files. Thread-safe.</summary>
/// <remarks>
/// <para>What a file is, its first bytes tell, whatever it is called: NumPy's .npy and .npz (also compressed), 16-bit grey .png, .pfm. No more than
/// 2^28 pixels are read. Nothing in a file is executed.</para>
/// </remarks>
public static class DepthFile
{
    private const int SignatureBytes = 8;

    /// <summary>The extensions of the files that are read, lower case: .npy, .npz, .png, .pfm.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".npy", ".npz", ".png", ".pfm"];

    /// <summary>Reads a depth map.</summary>
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
        var map = ReadValues(stream, subject);
        return DepthMap.Adopt(map.Width, map.Height, map.Values, float.NaN, FocalLengthSource.Unknown);
    }

    /// <summary>Reads an object's matte, or a mask of the pixels that count.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrayName">Which array of an .npz file it is, without <c>.npy</c>; null: <c>mask</c>, or else the only one.</param>
    /// <returns>Alpha 0..1: of unsigned integers of 8 and 16 bits the largest stands for 1, unless the file holds none but 0 and 1.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off, or holds something else than one mask; the message says what.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DepthMask ReadMask(string path, string? arrayName = null)
    {
        using var stream = Open(path, "Mask", out var subject);
        return ToMask(ReadValues(stream, subject), subject);
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

    private static StoredMap ReadValues(Stream stream, string subject)
    {
        Span<byte> start = stackalloc byte[SignatureBytes];
        start = start[..stream.ReadAtLeast(start, SignatureBytes, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith(NpyReader.Signature)) { return NpyReader.Read(stream, stream.Length, subject); }
        throw new InvalidDataException(start.IsEmpty
            ? $"{subject} is empty (0 bytes); expected an .npy, .npz, .png or .pfm file."
            : $"{subject} begins with the bytes {Convert.ToHexString(start)}; expected an .npy, .npz, .png or .pfm file, which are known by their first bytes. Check the file, or convert it to one of these.");
    }

    private static DepthMask ToMask(StoredMap map, string subject)
    {
        var values = map.Values;
        // Masks of bytes are in use with 255 and with 1 for inside.
        var scale = Array.Exists(values, value => value > 1) ? map.FullScale : 1;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= scale;
            if (values[i] is < 0 or > 1)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{subject} holds {values[i]} at column {i % map.Width}, row {i / map.Width}; expected alpha in 0..1, or unsigned integers of 8 or 16 bits. Scale it first."));
            }
        }
        return new(map.Width, map.Height, values);
    }
}
