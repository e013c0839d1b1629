using DepthPro.Network;
using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Patches;

/// <summary>Cuts the network input Vector&lt;Single, 3, S, S&gt; into the pyramid's patches, Vector&lt;Single, 35, 3, P, P&gt; with P = S / 4; what ExtractDepthPatches fits.</summary>
/// <remarks>The size is the input column's. Thread-safe.</remarks>
public sealed class DepthPatchTransformer : RowTransformer, IStoredTransformer<DepthPatchTransformer>
{
    internal const string SavedAs = "DPROPTCH";

    // Four patches span the input, and patches of all levels fall between pixels: ViT images that four divides.
    private const int SizeUnit = 16;

    private static readonly ColumnForm NetworkInput = new($"Vector<Single, 3, S, S> with S a multiple of {SizeUnit}",
        column => ColumnForm.IsSingle(column) && column.HasDimensions(d => d is [3, > 0, > 0] && d[1] == d[2] && d[1] % SizeUnit == 0));

    private readonly Columns _columns;

    internal DepthPatchTransformer(Columns columns)
    {
        ColumnNames.Check([columns.Input], [columns.Output]);
        _columns = columns;
        Inputs = [new(columns.Input, NetworkInput)];
    }

    static string IStoredTransformer<DepthPatchTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static DepthPatchTransformer IStoredTransformer<DepthPatchTransformer>.FromJson(string json) => new(ModelStorage.FromJson<Columns>(json));

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs)
    {
        var config = ConfigFor(inputs[0]?.Dimensions is { } known ? known[^1] : SizeUnit);
        return [new(_columns.Output, new VectorDataViewType(NumberDataViewType.Single, config.PatchCount, 3, config.Vit.ImageSize, config.Vit.ImageSize))];
    }

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var config = ConfigFor(((VectorDataViewType)row.TypeOf(0)).Dimensions[^1]);
        var networkInput = row.Vector<float>(0);
        return new([() => new ValueGetter<VBuffer<float>>((ref VBuffer<float> patches) =>
        {
            var editor = VBufferEditor.Create(ref patches, DepthPatches.LengthOf(config));
            DepthPatches.Extract(networkInput().Span, config, editor.Values);
            patches = editor.Commit();
        })]);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_columns);

    // Patches depend on the side alone.
    private static NetworkConfig ConfigFor(int side) => new() { Vit = new() { ImageSize = side / 4 } };

    /// <param name="Output">The new column.</param>
    /// <param name="Input">The network input column.</param>
    internal sealed record Columns(string Output, string Input);
}
