using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Imaging;

/// <summary>
/// Owns the images that one cursor hands out: one that is handed back is disposed, and at the end those of the last row are. An image of an
/// earlier row that was not handed back is its reader's, as with ML.NET's LoadImages.
/// </summary>
internal sealed class RowImages(DataViewRow row) : IDisposable
{
    private readonly List<MLImage> _ofThisRow = [];
    private long _position;

    public void Replace(ref MLImage? image, Func<MLImage> create)
    {
        image?.Dispose();
        image = null;
        if (_position != row.Position)
        {
            _ofThisRow.Clear();
            _position = row.Position;
        }
        image = create();
        _ofThisRow.Add(image);
    }

    public void Dispose()
    {
        foreach (var image in _ofThisRow) { image.Dispose(); }
        _ofThisRow.Clear();
    }
}
