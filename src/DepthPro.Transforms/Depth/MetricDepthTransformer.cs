using DepthPro.Rows;
using Microsoft.ML.Data;

namespace DepthPro.Depth;

/// <summary>Turns canonical inverse depth into a <see cref="DepthMap"/> of the image's size, by a field of view or a focal length; what ConvertToMetricDepth fits.</summary>
/// <remarks>Of the image only its size is read. Thread-safe.</remarks>
public sealed class MetricDepthTransformer : RowTransformer, IStoredTransformer<MetricDepthTransformer>
{
    internal const string SavedAs = "DPROMETR";

    private const int InverseDepth = 0, Image = 1, Scale = 2, ScaleSource = 3;

    private static readonly ColumnForm Square = new("Vector<Single, O, O>",
        column => ColumnForm.IsSingle(column) && column.HasDimensions(d => d is [> 0, > 0] && d[0] == d[1]));

    private readonly Columns _columns;

    internal MetricDepthTransformer(Columns columns)
    {
        ColumnNames.Check([columns.InverseDepth, columns.Image, columns.FieldOfView, columns.FocalLength], [columns.Output]);
        if (columns.FieldOfView is null == columns.FocalLength is null)
        {
            throw new ArgumentException(columns.FocalLength is null
                ? "ConvertToMetricDepth got neither a field of view nor a focal length column; name one of them."
                : $"ConvertToMetricDepth got both a field of view ('{columns.FieldOfView}') and a focal length column ('{columns.FocalLength}'); name one of them.");
        }
        _columns = columns;
        var scale = columns.FocalLength ?? columns.FieldOfView ?? "";
        Inputs =
        [
            new(columns.InverseDepth, Square),
            new(columns.Image, ColumnForm.Image),
            new(scale, ColumnForm.Single, ColumnForm.SingleInVector),
            .. columns.FocalLength is { } focalLength ? [FocalLengthColumn.SourceOf(focalLength)] : Array.Empty<InputColumn>(),
        ];
    }

    static string IStoredTransformer<MetricDepthTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static MetricDepthTransformer IStoredTransformer<MetricDepthTransformer>.FromJson(string json) => new(ModelStorage.FromJson<Columns>(json));

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) => [new(_columns.Output, DepthMapDataViewType.Instance)];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var (inverseDepth, image) = (row.Vector<float>(InverseDepth), row.Image(Image));
        var side = ((VectorDataViewType)row.TypeOf(InverseDepth)).Dimensions[^1];
        Func<int, (float Pixels, FocalLengthSource Source)> focalLength = _columns.FocalLength is null ? FromFieldOfView(row) : FromColumn(row);
        var depth = new PerRow<DepthMap>(row.Row, () =>
        {
            var (width, height) = (image().Width, image().Height);
            var (pixels, source) = focalLength(width);
            return MetricDepth.FromInverseDepth(inverseDepth().Span, side, width, height, pixels, source);
        });
        return new([() => depth.Getter(d => d)]);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_columns);

    private static Func<int, (float, FocalLengthSource)> FromColumn(RowInputs row)
    {
        var read = FocalLengthColumn.Reader(row, Scale, ScaleSource);
        return _ => read() ?? throw new InvalidDataException(
            $"{row.Place(Scale)} is NaN; expected a focal length in pixels above 0. Use a field of view column, or EstimateDepth, where it is unknown.");
    }

    private static Func<int, (float, FocalLengthSource)> FromFieldOfView(RowInputs row)
    {
        var read = row.Number(Scale);
        return width =>
        {
            var degrees = read();
            return degrees is > 0 and < 180
                ? (FocalLength.FromFieldOfView(degrees, width), FocalLengthSource.Estimated)
                : throw new InvalidDataException(FormattableString.Invariant($"{row.Place(Scale)} is {degrees}; expected a horizontal field of view between 0 and 180 degrees."));
        };
    }

    /// <param name="Output">The new column.</param>
    /// <param name="InverseDepth">Canonical inverse depth.</param>
    /// <param name="Image">The photo, for its size.</param>
    /// <param name="FieldOfView">Degrees; or</param>
    /// <param name="FocalLength">pixels.</param>
    internal sealed record Columns(string Output, string InverseDepth, string Image, string? FieldOfView, string? FocalLength);
}
