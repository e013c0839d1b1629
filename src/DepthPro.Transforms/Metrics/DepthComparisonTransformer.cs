using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Metrics;

/// <summary>Compares depth with the truth, row by row; what CompareDepth fits.</summary>
/// <remarks>Lazy: of the three groups of metrics (standard, boundary, mask boundary) those are computed that are read, once per row. Reading throws
/// <see cref="InvalidDataException"/> for a row without a map, or with maps whose sizes do not fit. Thread-safe.</remarks>
public sealed class DepthComparisonTransformer : RowTransformer, IStoredTransformer<DepthComparisonTransformer>
{
    internal const string SavedAs = "DPROCOMP";

    private static readonly ColumnForm Values = new("Vector<Single>", c => c.IsVector && ColumnForm.IsSingle(c));

    private readonly Columns _columns;
    private readonly Func<RowInputs, RowComparison> _open;

    internal DepthComparisonTransformer(Columns columns)
    {
        var options = columns.Options;
        ColumnNames.Check([columns.Prediction, columns.Truth, options.MaskColumnName, options.ValidMaskColumnName], [columns.Output]);
        if (columns.Truth is null && options.MaskColumnName is null)
        {
            throw new ArgumentException($"Depth is compared with nothing; name the column of the true depth (labelColumnName), of a matte ({nameof(DepthEvaluationOptions.MaskColumnName)} in the options), or of both.");
        }
        options.Depth.Validate();
        options.Boundary?.ToThresholds();
        _columns = columns;

        var inputs = new List<InputColumn> { new(columns.Prediction, ColumnForm.Depth) };
        int? Add(string? name, params ColumnForm[] forms)
        {
            if (name is null) { return null; }
            inputs.Add(new(name, forms));
            return inputs.Count - 1;
        }
        var (truth, mask, validMask) = (Add(columns.Truth, ColumnForm.Depth), Add(options.MaskColumnName, ColumnForm.Image, Values), Add(options.ValidMaskColumnName, ColumnForm.Image, Values));
        Inputs = inputs;
        _open = row => new(row, truth, mask, validMask, options);
    }

    static string IStoredTransformer<DepthComparisonTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    private bool HasTruth => _columns.Truth is not null;

    private bool HasBoundary => HasTruth && _columns.Options.Boundary is not null;

    private bool HasMask => _columns.Options.MaskColumnName is not null;

    static DepthComparisonTransformer IStoredTransformer<DepthComparisonTransformer>.FromJson(string json) => new(ModelStorage.FromJson<Columns>(json));

    /// <summary>All metrics of each row, one row after another.</summary>
    internal IEnumerable<DepthComparison> Compare(IDataView data)
    {
        DataViewSchema.Column?[] columns = [.. Inputs.Select(input => input.FindIn(data.Schema))];
        using var cursor = data.GetRowCursor(columns.OfType<DataViewSchema.Column>());
        var row = _open(new RowInputs(cursor, columns));
        while (cursor.MoveNext())
        {
            yield return new()
            {
                Depth = HasTruth ? row.Depth.Value.Depth : null,
                Boundary = HasBoundary ? row.Boundary.Value.Boundary : null,
                MaskBoundary = HasMask ? row.MaskBoundary.Value.MaskBoundary : null,
            };
        }
    }

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) =>
    [
        new($"{_columns.Output}.{nameof(DepthComparison.ValidPixels)}", NumberDataViewType.Int64),
        .. Groups().SelectMany(group => group.Metrics)
            .Select(metric => new OutputColumn($"{_columns.Output}.{char.ToUpperInvariant(metric.Name[0])}{metric.Name[1..]}", NumberDataViewType.Double)),
    ];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var compared = _open(row);
        var first = HasTruth ? compared.Depth : compared.MaskBoundary;
        return new(
        [
            () => first.Getter(comparison => comparison.ValidPixels),
            .. Groups().SelectMany(group => group.Metrics.Select<EvaluationMetric, Func<Delegate>>(metric =>
                () => group.Of(compared).Getter(comparison => metric.Of(comparison) ?? double.NaN))),
        ]);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_columns);

    private IEnumerable<(IReadOnlyList<EvaluationMetric> Metrics, Func<RowComparison, PerRow<DepthComparison>> Of)> Groups()
    {
        if (HasTruth) { yield return (EvaluationMetric.OfDepth, row => row.Depth); }
        if (HasBoundary) { yield return (EvaluationMetric.OfBoundary, row => row.Boundary); }
        if (HasMask) { yield return (EvaluationMetric.OfMaskBoundary, row => row.MaskBoundary); }
    }

    /// <param name="Output">What the new columns' names begin with.</param>
    /// <param name="Prediction">Predicted depth.</param>
    /// <param name="Truth">True depth, or null.</param>
    /// <param name="Options">Masks, range, alignment, thresholds.</param>
    internal sealed record Columns(string Output, string Prediction, string? Truth, DepthEvaluationOptions Options);
}
