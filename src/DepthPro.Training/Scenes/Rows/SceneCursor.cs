using DepthPro.Imaging;
using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Training.Scenes.Rows;

/// <summary>Walks over every n-th row of an order of scenes; renders a row once, and only if its picture or depth is read.</summary>
internal sealed class SceneCursor : DataViewRowCursor
{
    private readonly SceneDataView _data;
    private readonly SceneLoadingOptions _options;
    private readonly bool[] _active;
    private readonly int[] _order;
    private readonly int _part, _parts;
    private readonly PerRow<Scene> _scene;
    private readonly PerRow<RenderedScene> _rendered;
    private readonly RowImages _images;
    private long _position = -1;
    private bool _ended;

    public SceneCursor(SceneDataView data, SceneLoadingOptions options, bool[] active, int[] order, int part, int parts)
    {
        (_data, _options, _active, _order, _part, _parts) = (data, options, active, order, part, parts);
        _scene = new(this, () => Scene.Generate(unchecked(options.FirstSeed + Row), options.Scenes));
        _rendered = new(this, () => _scene.Value.Render(options.Width, options.Height, options.Squash ? _scene.Value.AspectRatio : null));
        _images = new(this);
    }

    public override DataViewSchema Schema => _data.Schema;

    public override long Position => _position;

    public override long Batch => _part + Math.Max(_position, 0) * _parts;

    // Which scene the row is, whatever the order.
    private int Row => _position >= 0
        ? _order[Batch]
        : throw new InvalidOperationException("The cursor stands on no row; call MoveNext first, and read only while it returns true.");

    public override bool MoveNext()
    {
        _ended |= _part + (_position + 1) * _parts >= _order.Length;
        _position = _ended ? -1 : _position + 1;
        return !_ended;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)Row, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active[column.Index]) { throw new ArgumentException($"Column '{column.Name}' is not active in this cursor; ask for it when the cursor is made.", nameof(column)); }
        Delegate getter = column.Index switch
        {
            0 => new ValueGetter<MLImage?>((ref MLImage? image) => _images.Replace(ref image, () => _rendered.Value.Photo.ToImage())),
            1 => _rendered.Getter(picture => picture.Depth),
            _ => _scene.Getter(scene => scene.FocalLengthPixels(_options.Width)),
        };
        return getter as ValueGetter<TValue>
            ?? throw new ArgumentException($"Column '{column.Name}' holds {column.Type.RawType}; it cannot be read as {typeof(TValue)}.", nameof(column));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) { _images.Dispose(); }
        base.Dispose(disposing);
    }
}
