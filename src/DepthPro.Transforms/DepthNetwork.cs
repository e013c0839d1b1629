using DepthPro.Depth;
using DepthPro.Preprocessing;
using DepthPro.Scoring;

namespace DepthPro;

/// <summary>Depth Pro for users without an ML.NET pipeline: a photo in, metric depth out. Thread safe until disposed.</summary>
/// <example><code>
/// using var network = DepthNetwork.Open(DepthProModel.Demo);
/// DepthMap depth = network.Estimate(Photo.FromFile("coffee.jpg"));
/// </code></example>
public sealed class DepthNetwork : IDisposable
{
    private readonly DepthScorer _scorer;

    private DepthNetwork(DepthScorer scorer) => _scorer = scorer;

    /// <summary>The model it was opened from.</summary>
    public DepthProModel Model => _scorer.Model;

    /// <inheritdoc cref="DepthScorer.Device"/>
    public string Device => _scorer.Device;

    /// <inheritdoc cref="DepthScorer.Runs"/>
    internal long Runs => _scorer.Runs;

    /// <summary>Opens a model.</summary>
    /// <param name="model">The model; null for <see cref="DepthProModel.Demo"/>.</param>
    /// <param name="options">Device and memory; null for the defaults.</param>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file has changed since it was written.</exception>
    /// <exception cref="InvalidOperationException">The device cannot be used, and the options do not allow another.</exception>
    public static DepthNetwork Open(DepthProModel? model = null, ScoringOptions? options = null) => new(DepthScorer.Open(model ?? DepthProModel.Demo, options));

    /// <summary>Estimates metric depth. The focal length is the first that is known: the caller's, the photo's EXIF, the network's estimate.</summary>
    /// <param name="photo">Any size.</param>
    /// <param name="focalLengthPixels">Focal length in pixels of the photo, if known; the field-of-view encoder is then not run.</param>
    /// <returns>Depth in metres, as large as the photo.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A focal length that is not positive and finite.</exception>
    /// <exception cref="InvalidOperationException">No focal length is known, and the network does not estimate it.</exception>
    /// <exception cref="InvalidDataException">The network's field of view is no angle between 0 and 180 degrees.</exception>
    /// <remarks>Source: ml-depth-pro, <c>depth_pro.py</c>, <c>DepthPro.infer</c>.</remarks>
    public DepthMap Estimate(Photo photo, float? focalLengthPixels = null) => Run(photo, focalLengthPixels).Depth;

    /// <summary>Estimates metric depth, and hands on what the image encoder saw in the same run, as features for other models.</summary>
    /// <param name="photo">Any size.</param>
    /// <param name="focalLengthPixels">As for <see cref="Estimate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A focal length that is not positive and finite.</exception>
    /// <exception cref="NotSupportedException">The model is an ONNX file that does not give the image encoder's tokens (<see cref="DepthProModel.TokenGrid"/> is 0).</exception>
    /// <exception cref="InvalidOperationException">No focal length is known, and the network does not estimate it.</exception>
    /// <exception cref="InvalidDataException">The network's field of view is no angle between 0 and 180 degrees.</exception>
    public (DepthMap Depth, ImageFeatures Features) EstimateWithFeatures(Photo photo, float? focalLengthPixels = null)
    {
        if (Model.TokenGrid == 0)
        {
            throw new NotSupportedException($"Model '{Model}' does not give the image encoder's features: its ONNX file has no output '{Network.ModelParts.ImageTokens}' (1, 1 + grid x grid, width). Convert the checkpoint again with 'depthpro convert'.");
        }
        var estimate = Run(photo, focalLengthPixels);
        return (estimate.Depth, estimate.Features ?? throw new InvalidOperationException("The network gave no image features although its model promises them."));
    }

    private DepthEstimate Run(Photo photo, float? focalLengthPixels)
    {
        ArgumentNullException.ThrowIfNull(photo);
        return focalLengthPixels is not null
            ? Run(NetworkInput.Of(photo, Model.InputSize), focalLengthPixels, FocalLengthSource.Given)
            : Run(NetworkInput.Of(photo, Model.InputSize), photo.ExifFocalLengthPixels, photo.ExifFocalLengthSource);
    }

    /// <param name="input">The photo, prepared.</param>
    /// <param name="focalLengthPixels">Null: it is estimated.</param>
    /// <param name="source">Of a known focal length.</param>
    /// <param name="prepareNext">Starts to prepare the next photo on another thread: beside the network, or after it where it has all processors, for
    /// its threads wait for each other, and taking one's place slows down all.</param>
    internal DepthEstimate Run(NetworkInput input, float? focalLengthPixels, FocalLengthSource source, Action? prepareNext = null)
    {
        if (focalLengthPixels is { } given && !(given > 0 && float.IsFinite(given)))
        {
            throw new ArgumentOutOfRangeException(nameof(focalLengthPixels), given, "A focal length is a positive, finite number of pixels; leave it out to have it estimated.");
        }
        if (_scorer.LeavesProcessors) { prepareNext?.Invoke(); }
        var score = _scorer.Score(input.Values, estimateFieldOfView: focalLengthPixels is null);
        if (!_scorer.LeavesProcessors) { prepareNext?.Invoke(); }
        if (focalLengthPixels is not null) { return Metric(score, input, focalLengthPixels.Value, source); }
        if (score.FieldOfViewDegrees is not (> 0 and < 180))
        {
            throw new InvalidDataException($"Model '{Model}' estimates a field of view of {score.FieldOfViewDegrees} degrees for photo '{input.PhotoName}'; expected more than 0 and less than 180. Give the photo's focal length.");
        }
        return Metric(score, input, FocalLength.FromFieldOfView(score.FieldOfViewDegrees, input.PhotoWidth), FocalLengthSource.Estimated);
    }

    private DepthEstimate Metric(DepthScore score, NetworkInput input, float focalLength, FocalLengthSource source)
        => new(MetricDepth.FromInverseDepth(score.InverseDepth, Model.OutputSize, input.PhotoWidth, input.PhotoHeight, focalLength, source), score.Features);

    /// <summary>Frees the native memory. A second call does nothing.</summary>
    public void Dispose() => _scorer.Dispose();
}
