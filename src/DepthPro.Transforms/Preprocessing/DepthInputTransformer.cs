using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Preprocessing;

/// <summary>Makes the network input of an image column: Vector&lt;Single, 3, S, S&gt;, RGB planes in [-1, 1]; what PrepareDepthInput fits.</summary>
/// <remarks>Reads the image and leaves it alone. Thread-safe.</remarks>
public sealed class DepthInputTransformer : RowTransformer, IStoredTransformer<DepthInputTransformer>
{
    internal const string SavedAs = "DPROINPT";

    private readonly Columns _columns;

    internal DepthInputTransformer(Columns columns)
    {
        ColumnNames.Check([columns.Input], [columns.Output]);
        _columns = columns;
        Inputs = [new(columns.Input, ColumnForm.Image)];
    }

    static string IStoredTransformer<DepthInputTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static DepthInputTransformer IStoredTransformer<DepthInputTransformer>.FromJson(string json) => new(ModelStorage.FromJson<Columns>(json));

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) =>
        [new(_columns.Output, new VectorDataViewType(NumberDataViewType.Single, 3, _columns.Size, _columns.Size))];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var image = row.Image(0);
        return new([() => new ValueGetter<VBuffer<float>>((ref VBuffer<float> networkInput) =>
        {
            var photo = Photo.FromImage(image());
            var editor = VBufferEditor.Create(ref networkInput, 3 * _columns.Size * _columns.Size);
            DepthInput.Prepare(photo, _columns.Size, editor.Values);
            networkInput = editor.Commit();
        })]);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_columns);

    /// <param name="Output">The new column.</param>
    /// <param name="Input">The image column.</param>
    /// <param name="Size">S, the side of the network input.</param>
    internal sealed record Columns(string Output, string Input, int Size);
}
