using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Imaging;

/// <summary>Decodes the photos that a column names or holds, with EXIF orientation and focal length; what LoadPhotos fits.</summary>
/// <remarks>
/// The images are this transformer's. As with ML.NET's LoadImages an image lives until it is handed back to the getter for the next row, or
/// until the cursor is disposed; who needs it longer copies it. Thread-safe.
/// </remarks>
public sealed class PhotoLoadingTransformer : RowTransformer, IStoredTransformer<PhotoLoadingTransformer>
{
    internal const string SavedAs = "DPROPHOT";

    private const string SourceSuffix = ".Source";

    private readonly PhotoLoadingOptions _options;

    internal PhotoLoadingTransformer(PhotoLoadingOptions options)
    {
        ColumnNames.Check([options.InputColumnName], [options.OutputColumnName, options.FocalLengthColumnName, options.FocalLengthColumnName is { } name ? SourceColumnOf(name) : null]);
        _options = options;
        Inputs = [new(options.InputColumnName ?? options.OutputColumnName, ColumnForm.String, ColumnForm.Bytes)];
    }

    static string IStoredTransformer<PhotoLoadingTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    private protected override string Signature => SavedAs;

    static PhotoLoadingTransformer IStoredTransformer<PhotoLoadingTransformer>.FromJson(string json) => new(ModelStorage.FromJson<PhotoLoadingOptions>(json));

    /// <summary>The name of the text column that tells where a focal length column's values come from.</summary>
    internal static string SourceColumnOf(string focalLengthColumn) => focalLengthColumn + SourceSuffix;

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs)
    {
        var image = new OutputColumn(_options.OutputColumnName, new ImageDataViewType());
        return _options.FocalLengthColumnName is { } focalLength
            ? [image, new(focalLength, NumberDataViewType.Single), new(SourceColumnOf(focalLength), TextDataViewType.Instance)]
            : [image];
    }

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var photo = new PerRow<Photo>(row.Row, row.TypeOf(0) is TextDataViewType ? FromPath(row) : FromBytes(row));
        var images = new RowImages(row.Row);
        return new(
            [
                () => new ValueGetter<MLImage?>((ref MLImage? image) => images.Replace(ref image, () => photo.Value.ToImage())),
                () => photo.Getter(p => p.ExifFocalLengthPixels ?? float.NaN),
                () => photo.Getter(p => p.ExifFocalLengthSource.ToText().AsMemory()),
            ],
            images.Dispose);
    }

    private protected override string ToJson() => ModelStorage.ToJson(_options);

    private Func<Photo> FromPath(RowInputs row)
    {
        var path = row.Path(0, "a photo");
        return () => Photo.FromFile(Path.Combine(_options.ImageFolder ?? "", path()));
    }

    private static Func<Photo> FromBytes(RowInputs row)
    {
        var read = row.Vector<byte>(0);
        return () => Photo.FromBytes(read().Span, row.NameOf(0));
    }
}
