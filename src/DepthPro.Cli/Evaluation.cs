namespace DepthPro.Cli;

/// <summary>One image's metrics.</summary>
internal sealed record EvaluatedPair(EvaluationPair Pair, DepthComparison Comparison);

/// <summary>What an evaluation found.</summary>
internal sealed record EvaluationResults(bool OfFolders, IReadOnlyList<EvaluatedPair> Images, IReadOnlyList<SkippedFile> Skipped)
{
    public DepthEstimationMetrics Totals { get; } = DepthEstimationMetrics.Of(Images.Select(image => image.Comparison));
}

/// <summary>Compares pair after pair, holding the maps of one at a time; one that fails is named and the others are done. Runs once.</summary>
internal sealed class Evaluation(DepthMetricsOptions options, double depthScale, EvaluationReport? report, TextWriter error)
{
    private readonly List<SkippedFile> _skipped = [];

    public EvaluationResults Run(EvaluationPairs pairs)
    {
        var images = new List<EvaluatedPair>();
        _skipped.AddRange(pairs.Unpaired);
        foreach (var file in _skipped) { error.WriteLine($"{file.Path}: {file.Reason}; not compared."); }
        using var progress = new ProgressLine(pairs.Pairs.Count);
        using var interruption = new Interruption(() => { });
        foreach (var pair in pairs.Pairs)
        {
            if (interruption.IsRequested) { throw new OperationCanceledException(); }
            progress.Show(pair.Predicted);
            try
            {
                images.Add(new(pair, Compare(pair, progress)));
            }
            catch (Exception exception) when (IsOfFiles(exception))
            {
                progress.Clear();
                Skip(pair.Predicted, exception);
            }
        }
        if (_skipped.Count > 0 && pairs.OfFolders) { error.WriteLine($"{_skipped.Count} files were not compared; {images.Count} images were."); }
        return new(pairs.OfFolders, images, _skipped);
    }

    private DepthComparison Compare(EvaluationPair pair, ProgressLine progress)
    {
        var prediction = Read(pair.Predicted);
        var truth = pair.Truth is { } truthPath ? Read(truthPath) : null;
        var mask = pair.Mask is { } maskPath ? DepthFile.ReadMask(maskPath) : null;
        var validMask = pair.ValidMask is { } validPath ? DepthFile.ReadMask(validPath) : null;
        var comparison = DepthComparison.Of(prediction, truth, mask, validMask, options);
        if (truth is not null && comparison.Boundary is null)
        {
            progress.Clear();
            error.WriteLine($"{pair.Predicted}: {prediction.Width} x {prediction.Height} pixels, the truth {truth.Width} x {truth.Height}: resized for the standard metrics; boundary metrics left out.");
        }
        report?.Add(pair.Name, comparison, prediction, truth, mask, validMask, report is null ? null : ReadPhoto(pair.Photo, progress));
        return comparison;
    }

    // The report goes without a photo that cannot be read: the numbers do not need it.
    private Photo? ReadPhoto(string? path, ProgressLine progress)
    {
        try
        {
            return path is null ? null : Photo.FromFile(path);
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            progress.Clear();
            Skip(path ?? "", exception);
            return null;
        }
    }

    private void Skip(string path, Exception exception)
    {
        _skipped.Add(new(path, exception.Message));
        error.WriteLine($"{path}: {exception.Message}");
    }

    private static bool IsOfFiles(Exception exception) =>
        exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException or OutOfMemoryException;

    private DepthMap Read(string path) => DepthFile.Read(path, EvaluationPairs.IsMillimeters(path) ? new() : new() { UnitsPerMeter = depthScale });
}
