using DepthPro.Imaging;
using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Visuals;

/// <summary>Makes pictures of depth maps; what ColorizeDepth fits.</summary>
/// <remarks>The images are this transformer's. As with ML.NET's LoadImages an image lives until it is handed back to the getter for the next row, or
/// until the cursor is disposed; who needs it longer copies it. A row is coloured once, when its picture is read. Thread-safe.</remarks>
public sealed class DepthColorizingTransformer : RowTransformer, IStoredTransformer<DepthColorizingTransformer>
{
    internal const string SavedAs = "DPROCOLR";

    private readonly Columns _columns;

    internal DepthColorizingTransformer(Columns columns)
    {
        ColumnNames.Check([columns.Input], [columns.Output]);
        columns.Options.Validate();
        _columns = columns;
        Inputs = [new(columns.Input, ColumnForm.Depth)];
    }

    static string IStoredTransformer<DepthColorizingTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static DepthColorizingTransformer IStoredTransformer<DepthColorizingTransformer>.FromJson(string json) => new(ModelStorage.FromJson<Columns>(json));

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) => [new(_columns.Output, new ImageDataViewType())];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var depth = row.Depth(0);
        var picture = new PerRow<Photo>(row.Row, () => DepthVisuals.Colorize(depth(), _columns.Options));
        var images = new RowImages(row.Row);
        return new([() => new ValueGetter<MLImage?>((ref MLImage? image) => images.Replace(ref image, () => picture.Value.ToImage()))], images.Dispose);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_columns);

    /// <param name="Output">The new column.</param>
    /// <param name="Input">Depth maps.</param>
    /// <param name="Options">Colours, scale, range, scale bar.</param>
    internal sealed record Columns(string Output, string Input, DepthColorOptions Options);
}
