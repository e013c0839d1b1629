using DepthPro.Rows;

namespace DepthPro.Depth;

/// <summary>Scales depth maps by one factor for all rows; what CalibrateScale fits.</summary>
/// <remarks>Reading throws <see cref="InvalidDataException"/> for a row without a map. Thread-safe.</remarks>
public sealed class DepthScalingTransformer : RowTransformer, IStoredTransformer<DepthScalingTransformer>
{
    internal const string SavedAs = "DPROSCAL";

    private readonly Columns _columns;

    internal DepthScalingTransformer(Columns columns)
    {
        ColumnNames.Check([columns.Input], [columns.Output]);
        _columns = columns;
        Inputs = [new(columns.Input, ColumnForm.Depth)];
    }

    static string IStoredTransformer<DepthScalingTransformer>.StoredAs => SavedAs;

    /// <summary>The factor and what it comes from.</summary>
    public ScaleCalibration Calibration => _columns.Calibration;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static DepthScalingTransformer IStoredTransformer<DepthScalingTransformer>.FromJson(string json) => new(ModelStorage.FromJson<Columns>(json));

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) => [new(_columns.Output, DepthMapDataViewType.Instance)];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var depth = row.Depth(0);
        var scaled = new PerRow<DepthMap>(row.Row, () => Calibration.Apply(depth()));
        return new([() => scaled.Getter(map => map)]);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_columns);

    /// <param name="Output">The new column.</param>
    /// <param name="Input">Depth maps.</param>
    /// <param name="Calibration">The factor.</param>
    internal sealed record Columns(string Output, string Input, ScaleCalibration Calibration);
}
