using DepthPro.Rows;
using Microsoft.ML.Data;

namespace DepthPro.Metrics;

/// <summary>The groups of metrics of the current row, each computed when it is first read.</summary>
internal sealed class RowComparison
{
    private const int Prediction = 0;

    /// <param name="row">The row; its first input is the prediction.</param>
    /// <param name="truth">Which input is the true depth.</param>
    /// <param name="mask">Which input is the matte.</param>
    /// <param name="validMask">Which input tells the pixels that count.</param>
    /// <param name="options">Range, alignment, thresholds.</param>
    public RowComparison(RowInputs row, int? truth, int? mask, int? validMask, DepthEvaluationOptions options)
    {
        var predicted = new PerRow<DepthMap>(row.Row, row.Depth(Prediction));
        var actual = new PerRow<DepthMap>(row.Row, truth is { } input ? row.Depth(input) : NotRead<DepthMap>);
        var (matte, valid) = (Mask(row, mask), Mask(row, validMask));
        Depth = new(row.Row, () => new()
        {
            Depth = DepthMetrics.Of(predicted.Value, actual.Value, options.Depth, validMask is null ? [] : valid(actual.Value, "true depth").ToValidPixels()),
        });
        Boundary = new(row.Row, () => new() { Boundary = BoundariesOf(row.Place(Prediction), predicted.Value, actual.Value, options.Boundary) });
        MaskBoundary = new(row.Row, () => new() { MaskBoundary = MaskBoundaryMetrics.Of(predicted.Value, matte(predicted.Value, "prediction").Alpha, options.Boundary) });
    }

    public PerRow<DepthComparison> Depth { get; }

    public PerRow<DepthComparison> Boundary { get; }

    public PerRow<DepthComparison> MaskBoundary { get; }

    private static BoundaryMetrics BoundariesOf(string place, DepthMap prediction, DepthMap truth, BoundaryOptions? options) =>
        (prediction.Width, prediction.Height) == (truth.Width, truth.Height)
            ? BoundaryMetrics.Of(prediction, truth, options)
            : throw new InvalidDataException($"{place}: the prediction is {prediction.Width} x {prediction.Height} pixels and the true depth {truth.Width} x {truth.Height}; "
                + $"expected one size, since boundaries do not survive resizing. Estimate depth at the truth's size, or leave them out: {nameof(DepthEvaluationOptions)}.{nameof(DepthEvaluationOptions.Boundary)} = null.");

    // A reader of masks that fit a map.
    private static Func<DepthMap, string, DepthMask> Mask(RowInputs row, int? input)
    {
        if (input is not { } mask) { return (_, _) => NotRead<DepthMask>(); }
        if (row.TypeOf(mask) is VectorDataViewType)
        {
            var values = row.Vector<float>(mask);
            return (map, what) => values() is var read && read.Length == map.Meters.Length
                ? new(map.Width, map.Height, read.ToArray())
                : throw new InvalidDataException($"{row.Place(mask)} holds {read.Length} values; expected {map.Width} x {map.Height} = {map.Meters.Length}, one for each pixel of the {what}.");
        }
        var image = row.Image(mask);
        return (map, what) => image() is var read && (read.Width, read.Height) == (map.Width, map.Height)
            ? MaskImage.ToMask(Photo.FromImage(read))
            : throw new InvalidDataException($"{row.Place(mask)} is {read.Width} x {read.Height} pixels; expected {map.Width} x {map.Height}, as the {what}.");
    }

    private static T NotRead<T>() => throw new InvalidOperationException("The group has no column to read.");
}
