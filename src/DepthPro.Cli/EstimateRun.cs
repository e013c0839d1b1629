using System.Diagnostics;
using DepthPro.Formats;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Cli;

/// <summary>Estimates photo after photo, holding one at a time; one that fails is named and the others are done. Runs once.</summary>
internal sealed class EstimateRun(EstimateSettings settings, DepthNetwork network, TextWriter output, TextWriter error)
{
    /// <returns>The exit code.</returns>
    public int Do(IReadOnlyList<PhotoInput> photos)
    {
        var (done, failed, clock) = (0, 0, Stopwatch.StartNew());
        using var progress = new ProgressLine(photos.Count);
        using var interruption = new Interruption(() => error.WriteLine("Stopping after this photo; Ctrl-C again stops at once."));
        foreach (var photo in photos)
        {
            if (interruption.IsRequested)
            {
                error.WriteLine($"Interrupted: {done} of {photos.Count} photos are done{(failed > 0 ? $", {failed} failed" : "")}. With --resume the same command does the others.");
                return ExitCode.Interrupted;
            }
            progress.ShowText($"{Pace.Describe(done + failed, photos.Count, clock.Elapsed)}  {photo.Path}");
            try
            {
                var result = Estimate(photo);
                progress.Clear();
                done++;
                output.WriteLine(result);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or NotSupportedException or OutOfMemoryException or OnnxRuntimeException)
            {
                progress.Clear();
                failed++;
                error.WriteLine($"{photo.Path}: {exception.Message}");
            }
        }
        if (failed > 0) { error.WriteLine($"{failed} of {photos.Count} photos failed; the others are done."); }
        return failed > 0 ? ExitCode.SomeInputsFailed : ExitCode.Done;
    }

    private string Estimate(PhotoInput input)
    {
        var photoBytes = FileLength.OrNull(input.Path); // before it is read: a photo that is replaced meanwhile is not taken for the one that was estimated
        var original = Photo.FromFile(input.Path);
        var photo = settings.MaxSize is { } longerSide ? original.ShrinkToFit(longerSide) : original;
        var depth = network.Estimate(photo, settings.FocalLength is { } pixels ? FocalLength.OfScaled(pixels, original.Width, photo.Width) : null);
        var sidecar = DepthSidecar.Of(input.Path, depth, network) with { PhotoBytes = photoBytes };
        if (photo != original) { sidecar = sidecar with { OriginalWidth = original.Width, OriginalHeight = original.Height }; }

        var stem = Path.Combine(settings.Folder, input.OutputStem);
        Directory.CreateDirectory(Path.GetDirectoryName(stem) ?? "");
        // It vouches for the files beside it, and those of an earlier run are now replaced one by one.
        File.Delete($"{stem}{OutputFormat.SidecarSuffix}");
        var files = new List<WrittenFile>();
        foreach (var format in settings.Formats)
        {
            var path = $"{stem}{format.Suffix}";
            var written = format.Write(path, photo, depth);
            files.Add(new(Path.GetFileName(path), new FileInfo(path).Length));
            if (format.IsDepth16) { sidecar = sidecar.WithDepth16(new DepthFileOptions().UnitsPerMeter, written); }
        }
        sidecar = sidecar with { Files = files };
        sidecar.Write($"{stem}{OutputFormat.SidecarSuffix}");
        if (settings.Json) { return sidecar.ToJson(); }
        return $"{input.Path} -> {stem}.*  {depth}{(sidecar.Depth16SaturatedPixels is > 0 and var count ? $", {count} pixels too far for {DepthFileNames.MillimeterSuffix}" : "")}";
    }
}
