using DepthPro.Rows;
using Microsoft.ML.Data;

namespace DepthPro.Features;

/// <summary>Computes features of depth maps, row by row; what FeaturizeDepth fits.</summary>
/// <remarks>The new column is a vector of <see cref="DepthFeatures.Count"/> slots with names, none ever NaN. Reading throws <see cref="InvalidDataException"/> for a row without a map or
/// without any known depth. Thread-safe.</remarks>
public sealed class DepthFeaturizingTransformer : RowTransformer, IStoredTransformer<DepthFeaturizingTransformer>
{
    internal const string SavedAs = "DPROFEAT";

    private readonly Columns _columns;

    internal DepthFeaturizingTransformer(Columns columns)
    {
        ColumnNames.Check([columns.Input], [columns.Output]);
        _columns = columns;
        Inputs = [new(columns.Input, ColumnForm.Depth)];
    }

    static string IStoredTransformer<DepthFeaturizingTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static DepthFeaturizingTransformer IStoredTransformer<DepthFeaturizingTransformer>.FromJson(string json) => new(ModelStorage.FromJson<Columns>(json));

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) =>
        [new(_columns.Output, new VectorDataViewType(NumberDataViewType.Single, DepthFeatures.Count), SlotNames.Annotate(DepthFeatures.SlotNames(_columns.Options)))];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var depth = row.Depth(0);
        var features = new PerRow<float[]>(row.Row, () => DepthFeatures.Of(depth(), _columns.Options, row.Place(0)));
        return new([() => features.VectorGetter(values => values)]);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_columns);

    /// <param name="Output">The new column.</param>
    /// <param name="Input">Depth maps.</param>
    /// <param name="Options">The variant.</param>
    internal sealed record Columns(string Output, string Input, DepthFeatureOptions Options);
}
