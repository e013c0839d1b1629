namespace Microsoft.ML.Data;

/// <summary>A data view without the columns whose values cannot be kept, such as images.</summary>
internal sealed class CacheableColumns : IDataView
{
    private readonly IDataView _source;
    private readonly DataViewSchema.Column[] _columns;

    private CacheableColumns(IDataView source)
    {
        (_source, _columns) = (source, [.. source.Schema.Where(column => column.Type.IsCacheable())]);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(_columns);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }
    public bool CanShuffle => _source.CanShuffle;

    public static IDataView Of(IDataView source) =>
        source.Schema.All(column => column.Type.IsCacheable()) ? source : new CacheableColumns(source);

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(_source.GetRowCursor(columnsNeeded.Select(column => _columns[column.Index]), rand), this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [.. _source.GetRowCursorSet(columnsNeeded.Select(column => _columns[column.Index]), n, rand).Select(cursor => new Cursor(cursor, this))];

    private sealed class Cursor(DataViewRowCursor input, CacheableColumns view) : WrappingCursor(input)
    {
        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => Input.IsColumnActive(view._columns[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Input.GetGetter<TValue>(view._columns[column.Index]);

        protected override bool MoveNextCore() => Input.MoveNext();
    }
}
