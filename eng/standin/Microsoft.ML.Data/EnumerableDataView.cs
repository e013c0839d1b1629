using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A data view of a sequence of objects, enumerated anew by every cursor.</summary>
internal sealed class EnumerableDataView<TRow> : IDataView where TRow : class
{
    private readonly IEnumerable<TRow> _data;
    private readonly MemberColumn[] _columns;

    public EnumerableDataView(IEnumerable<TRow> data, SchemaDefinition definition)
    {
        Contracts.CheckValue(data, nameof(data));
        _data = data;
        _columns = MemberColumn.Of(typeof(TRow), definition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read));
        Schema = MemberColumn.SchemaOf(_columns);
    }

    public DataViewSchema Schema { get; }
    public bool CanShuffle => false;

    public long? GetRowCount() => (_data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(this, Columns.Active(Schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RootCursor
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly ObjectRow<TRow> _row;

        public Cursor(EnumerableDataView<TRow> view, bool[] active)
        {
            _rows = view._data.GetEnumerator();
            _row = new(view._columns, column => active[System.Array.IndexOf(view._columns, column)], () => { CheckPosition(); return _rows.Current; });
            Schema = view.Schema;
        }

        public override DataViewSchema Schema { get; }

        public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.Get<TValue>(column);

        protected override bool MoveNextCore()
        {
            if (!_rows.MoveNext()) { return false; }
            Contracts.Check(_rows.Current is not null, "Encountered null when iterating over data, this is not supported.");
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _rows.Dispose();
            base.Dispose(disposing);
        }
    }
}
