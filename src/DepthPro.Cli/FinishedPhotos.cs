using DepthPro.Imaging;

namespace DepthPro.Cli;

/// <summary>Knows by their outputs which photos a run need not estimate again.</summary>
/// <remarks>The sidecar is written last and lists the files that were written with it. A run replaces the sidecar and the files of its own formats; what else lies there may be of
/// another model or of other options, and does not count. Lengths are compared, and what the run would write, not when it was written.</remarks>
internal sealed class FinishedPhotos(EstimateSettings settings, string modelSha256)
{
    public bool Hold(PhotoInput photo)
    {
        var stem = Path.Combine(settings.Folder, photo.OutputStem);
        return ReadOrNull($"{stem}{OutputFormat.SidecarSuffix}") is { Files: { } files } sidecar
            && sidecar.ModelSha256 == modelSha256 && IsOf(photo, sidecar) && HasSize(sidecar) && HasFocalLength(sidecar) && SaysUnits(sidecar)
            && settings.Formats.All(format => IsListed($"{stem}{format.Suffix}", files));
    }

    private static bool IsListed(string path, IReadOnlyList<WrittenFile> files) => FileLength.OrNull(path) is { } bytes && files.Contains(new WrittenFile(Path.GetFileName(path), bytes));

    // The folder that photos lie in may have another name on another machine; another photo may have come under the same name.
    private static bool IsOf(PhotoInput photo, DepthSidecar sidecar) => $"/{sidecar.Photo.Replace('\\', '/')}".EndsWith($"/{photo.RelativePath.Replace('\\', '/')}", StringComparison.Ordinal)
        && sidecar.PhotoBytes is { } bytes && FileLength.OrNull(photo.Path) == bytes;

    private bool HasSize(DepthSidecar sidecar)
    {
        var (width, height) = (sidecar.OriginalWidth ?? sidecar.Width, sidecar.OriginalHeight ?? sidecar.Height);
        return (sidecar.Width, sidecar.Height) == AreaAverage.SizeWithin(width, height, settings.MaxSize ?? int.MaxValue);
    }

    private bool HasFocalLength(DepthSidecar sidecar)
    {
        var isGiven = sidecar.FocalLengthSource == FocalLengthSource.Given.ToText();
        return settings.FocalLength is { } pixels ? isGiven && sidecar.FocalLengthPixels == FocalLength.OfScaled(pixels, sidecar.OriginalWidth ?? sidecar.Width, sidecar.Width) : !isGiven;
    }

    private bool SaysUnits(DepthSidecar sidecar) => sidecar.Depth16MetersPerUnit is not null || !settings.Formats.Any(format => format.IsDepth16);

    private static DepthSidecar? ReadOrNull(string path)
    {
        try
        {
            return DepthSidecar.Read(path);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null; // there is none, or it is another program's
        }
    }
}
