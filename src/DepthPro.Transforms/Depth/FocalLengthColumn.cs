using DepthPro.Imaging;
using DepthPro.Rows;

namespace DepthPro.Depth;

/// <summary>A focal length column, with the text column beside it that tells where its values come from when LoadPhotos made it.</summary>
internal static class FocalLengthColumn
{
    public static InputColumn SourceOf(string focalLengthColumn) => new(PhotoLoadingTransformer.SourceColumnOf(focalLengthColumn), ColumnForm.String) { Optional = true };

    /// <summary>Reads the focal length in pixels and its source; null where the column has NaN.</summary>
    /// <exception cref="InvalidDataException">On reading: it is 0, negative or infinite.</exception>
    public static Func<(float Pixels, FocalLengthSource Source)?> Reader(RowInputs row, int focalLength, int source)
    {
        var readPixels = row.Number(focalLength);
        var readSource = row.Has(source) ? row.Reader<ReadOnlyMemory<char>>(source) : () => default;
        return () =>
        {
            var pixels = readPixels();
            if (float.IsNaN(pixels)) { return null; }
            if (pixels <= 0 || float.IsInfinity(pixels))
            {
                throw new InvalidDataException(
                    FormattableString.Invariant($"{row.Place(focalLength)} is {pixels}; expected a focal length in pixels above 0, or NaN where it is unknown."));
            }
            return (pixels, FocalLengthSourceText.TryParse(readSource().Span, out var from) && from != FocalLengthSource.Unknown ? from : FocalLengthSource.Given);
        };
    }
}
