using DepthPro.Imaging;
using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Depth;

/// <summary>Gives every row of a clip the same field of view; what LockFocalLength fits.</summary>
/// <remarks>Reading throws <see cref="InvalidDataException"/> for a row without a map or image. Thread-safe.</remarks>
public sealed class FocalLengthLockingTransformer : RowTransformer, IStoredTransformer<FocalLengthLockingTransformer>
{
    internal const string SavedAs = "DPROLOCK";

    private const int Value = 0, Image = 1;

    private readonly Columns _columns;

    internal FocalLengthLockingTransformer(Columns columns)
    {
        ColumnNames.Check([columns.Input, columns.Image], [columns.Output, columns.Image is null ? null : PhotoLoadingTransformer.SourceColumnOf(columns.Output)]);
        _columns = columns;
        Inputs = columns.Image is { } image
            ? [new(columns.Input, ColumnForm.Single, ColumnForm.SingleInVector), new(image, ColumnForm.Image, ColumnForm.Depth)]
            : [new(columns.Input, ColumnForm.Depth)];
    }

    static string IStoredTransformer<FocalLengthLockingTransformer>.StoredAs => SavedAs;

    /// <summary>What all rows get.</summary>
    public FocalLengthLock Lock => _columns.Lock ?? throw new InvalidOperationException("The transformer of an estimator that is not fitted locks nothing.");

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static FocalLengthLockingTransformer IStoredTransformer<FocalLengthLockingTransformer>.FromJson(string json) => new(ModelStorage.FromJson<Columns>(json));

    /// <summary>The same columns with what was found for all rows.</summary>
    internal FocalLengthLockingTransformer With(FocalLengthLock found) => new(_columns with { Lock = found });

    /// <summary>Reads the row's focal length by the width of its photo; NaN where it is unknown.</summary>
    internal Func<double> Relative(RowInputs row)
    {
        if (_columns.Image is null)
        {
            var depth = row.Depth(Value);
            return () => FocalLengthLock.Relative(depth());
        }
        var (pixels, width) = (row.Number(Value), Width(row));
        return () => pixels() switch
        {
            var unknown when float.IsNaN(unknown) => double.NaN,
            var known when known > 0 && float.IsFinite(known) => (double)known / width(),
            var other => throw new InvalidDataException(FormattableString.Invariant($"{row.Place(Value)} is {other}; expected a focal length in pixels above 0, or NaN where it is unknown.")),
        };
    }

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) => _columns.Image is null
        ? [new(_columns.Output, DepthMapDataViewType.Instance)]
        : [new(_columns.Output, NumberDataViewType.Single), new(PhotoLoadingTransformer.SourceColumnOf(_columns.Output), TextDataViewType.Instance)];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        if (_columns.Image is null)
        {
            var depth = row.Depth(Value);
            var locked = new PerRow<DepthMap>(row.Row, () => Lock.Apply(depth()));
            return new([() => locked.Getter(map => map)]);
        }
        var width = Width(row);
        var source = FocalLengthSource.Locked.ToText().AsMemory();
        return new(
        [
            () => (ValueGetter<float>)((ref float pixels) => pixels = Lock.FocalLengthPixels(width())),
            () => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> text) => text = source),
        ]);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_columns);

    private static Func<int> Width(RowInputs row)
    {
        if (row.TypeOf(Image) is DepthMapDataViewType)
        {
            var depth = row.Depth(Image);
            return () => depth().Width;
        }
        var image = row.Image(Image);
        return () => image().Width;
    }

    /// <param name="Output">The new column, beside which is one for its source when it holds focal lengths.</param>
    /// <param name="Input">Depth maps, or focal lengths in pixels.</param>
    /// <param name="Image">Of focal lengths, the column whose widths they belong to.</param>
    /// <param name="Lock">What all rows get; null before the fit.</param>
    internal sealed record Columns(string Output, string Input, string? Image, FocalLengthLock? Lock);
}
