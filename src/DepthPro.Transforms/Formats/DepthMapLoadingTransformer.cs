using DepthPro.Rows;

namespace DepthPro.Formats;

/// <summary>Reads the depth maps that a column names; what LoadDepthMaps fits.</summary>
/// <remarks>A file is read once per row, when its depth is read. Thread-safe.</remarks>
public sealed class DepthMapLoadingTransformer : RowTransformer, IStoredTransformer<DepthMapLoadingTransformer>
{
    internal const string SavedAs = "DPROFILE";

    private readonly DepthMapLoadingOptions _options;

    internal DepthMapLoadingTransformer(DepthMapLoadingOptions options)
    {
        ColumnNames.Check([options.InputColumnName], [options.OutputColumnName]);
        options.File.Validate();
        _options = options;
        Inputs = [new(options.InputColumnName ?? options.OutputColumnName, ColumnForm.String)];
    }

    static string IStoredTransformer<DepthMapLoadingTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static DepthMapLoadingTransformer IStoredTransformer<DepthMapLoadingTransformer>.FromJson(string json) => new(ModelStorage.FromJson<DepthMapLoadingOptions>(json));

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) => [new(_options.OutputColumnName, DepthMapDataViewType.Instance)];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var path = row.Path(0, "a depth map");
        var depth = new PerRow<DepthMap>(row.Row, () => DepthFile.Read(Path.Combine(_options.DepthFolder ?? "", path()), _options.File));
        return new([() => depth.Getter(d => d)]);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_options);
}
