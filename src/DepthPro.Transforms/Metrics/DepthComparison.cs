namespace DepthPro;

/// <summary>The metrics of one image, or their means; each group is null where it was not computed. Immutable, thread-safe.</summary>
public sealed record DepthComparison
{
    /// <summary>Standard errors against the true depth.</summary>
    public DepthMetrics? Depth { get; init; }

    /// <summary>Occluding contours against those of the true depth.</summary>
    public BoundaryMetrics? Boundary { get; init; }

    /// <summary>Occluding contours against the outline of an object's matte.</summary>
    public MaskBoundaryMetrics? MaskBoundary { get; init; }

    /// <summary>Pixels that were compared: of the standard errors if there are any, else of the first group that was computed.</summary>
    public long ValidPixels => Depth?.ValidPixels ?? Boundary?.ValidPixels ?? MaskBoundary?.ValidPixels ?? 0;

    /// <summary>Compares a prediction with what is known of the truth.</summary>
    /// <param name="prediction">Predicted depth.</param>
    /// <param name="truth">True depth, or null.</param>
    /// <param name="mask">An object's matte, of the prediction's size, or null.</param>
    /// <param name="validMask">Which pixels of the truth count for the standard errors, of its size; null for all.</param>
    /// <param name="options">Range and alignment of the standard errors.</param>
    /// <param name="boundary">How contours are found; null for the reference's.</param>
    /// <returns>The groups that can be computed: with a truth of another size the standard errors (the prediction is resized) without boundaries, which do
    /// not survive resizing.</returns>
    /// <exception cref="ArgumentException">A mask is not of its map's size, or the options are out of range.</exception>
    public static DepthComparison Of(
        DepthMap prediction, DepthMap? truth, DepthMask? mask = null, DepthMask? validMask = null, DepthMetricsOptions? options = null, BoundaryOptions? boundary = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (mask is not null) { RequireSize(mask, "matte", prediction, nameof(prediction)); }
        if (truth is not null && validMask is not null) { RequireSize(validMask, "valid mask", truth, nameof(truth)); }
        return new()
        {
            Depth = truth is null ? null : DepthMetrics.Of(prediction, truth, options, validMask is null ? [] : validMask.ToValidPixels()),
            Boundary = truth is not null && (truth.Width, truth.Height) == (prediction.Width, prediction.Height) ? BoundaryMetrics.Of(prediction, truth, boundary) : null,
            MaskBoundary = mask is null ? null : MaskBoundaryMetrics.Of(prediction, mask.Alpha, boundary),
        };
    }

    private static void RequireSize(DepthMask mask, string what, DepthMap map, string ofWhat)
    {
        if ((mask.Width, mask.Height) != (map.Width, map.Height))
        {
            throw new ArgumentException($"The {what} is {mask.Width} x {mask.Height} pixels; expected the {ofWhat}'s {map.Width} x {map.Height}.");
        }
    }
}
