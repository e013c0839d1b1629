using System.IO.Compression;

namespace DepthPro.Formats;

/// <summary>Writes NumPy's .npz files of one array, as numpy.savez_compressed does: a zip archive of a deflated .npy file.</summary>
internal static class NpzWriter
{
    // A zip entry has a time, and equal depth is to give equal files: the earliest that the format knows, as NumPy has it.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream stream, DepthMap depth, string arrayName)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var entry = zip.CreateEntry($"{arrayName}.npy", CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        using var content = entry.Open();
        Npy.WriteTo(content, depth);
    }
}
