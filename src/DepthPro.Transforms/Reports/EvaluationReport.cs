using System.Text;
using DepthPro.Formats;
using DepthPro.Metrics;
using DepthPro.Reports;

namespace DepthPro;

/// <summary>A page about an evaluation: a table of the images' metrics with their pictures, and histograms of the errors.</summary>
/// <remarks>One HTML file that needs no other. Of each image it keeps its numbers and small pictures. Not thread-safe.</remarks>
/// <param name="title">The page's heading.</param>
/// <param name="options">Range and alignment with which the images were compared; null for the defaults.</param>
public sealed class EvaluationReport(string title, DepthMetricsOptions? options = null)
{
    private readonly DepthMetricsOptions _options = options ?? new();
    private readonly List<ReportRow> _rows = [];

    /// <summary>Adds an image.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="comparison">Its metrics, <see cref="DepthComparison.Of"/> of the following.</param>
    /// <param name="prediction">Predicted depth.</param>
    /// <param name="truth">True depth, or null.</param>
    /// <param name="mask">An object's matte, or null.</param>
    /// <param name="validMask">Which pixels of the truth count, of its size; null for all.</param>
    /// <param name="photo">The photo, or null.</param>
    /// <exception cref="ArgumentException">The valid mask is not of the truth's size.</exception>
    public void Add(string name, DepthComparison comparison, DepthMap prediction, DepthMap? truth, DepthMask? mask = null, DepthMask? validMask = null, Photo? photo = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(prediction);
        var pictures = new List<(string, Photo)>();
        if (photo is not null) { pictures.Add(("photo", Thumbnail.Of(photo))); }
        if (mask is not null) { pictures.Add(("matte", ReportPictures.OfMask(mask))); }
        ErrorHistogram? errors = null;
        if (truth is null) { pictures.Add(("prediction", DepthVisuals.Colorize(Thumbnail.Of(prediction.Width, prediction.Height, prediction.Meters)))); }
        else
        {
            var map = DepthErrorMap.Of(prediction, truth, _options, validMask is null ? [] : validMask.ToValidPixels());
            pictures.AddRange(ReportPictures.OfDepth(truth, map));
            errors = ErrorHistogram.OfRelativeErrors();
            foreach (var error in map.Relative) { errors.Add(error); }
        }
        _rows.Add(new(name, comparison, errors, [.. pictures.Select(picture => (picture.Item1, Thumbnail.ToDataUri(picture.Item2)))]));
    }

    /// <summary>Writes the page; a file at <paramref name="path"/> is replaced when the new one is complete.</summary>
    /// <param name="path">Where to; .html.</param>
    /// <param name="sortedBy">What the table is sorted by at first, worst image first; a click on another metric sorts by that one.</param>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist (<see cref="DirectoryNotFoundException"/>).</exception>
    public void Write(string path, EvaluationMetric sortedBy)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(sortedBy);
        var page = ReportPage.Html(title, _options, _rows, sortedBy);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
    }
}
