using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Keeps a column from when it is first read. All rows are read then.</summary>
internal sealed class CacheDataView(IDataView source) : IDataView
{
    private readonly Lock _lock = new();
    private readonly ColumnStore[] _stores = new ColumnStore[source.Schema.Count];
    private long? _rowCount = source.GetRowCount();

    public DataViewSchema Schema => source.Schema;
    public bool CanShuffle => true;

    public long? GetRowCount() => _rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(this, Columns.Active(Schema, columnsNeeded), rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private int Fill(bool[] active)
    {
        lock (_lock)
        {
            DataViewSchema.Column[] missing = [.. Schema.Where(column => active[column.Index] && _stores[column.Index] is null)];
            if (missing.Length == 0 && _rowCount is { } count) { return checked((int)count); }
            ColumnStore[] stores = [.. missing.Select(ColumnStore.Of)];
            using var cursor = source.GetRowCursor(missing);
            Action<int>[] writers = [.. missing.Select((column, i) => stores[i].Writer(cursor, column))];
            var rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                foreach (var write in writers) { write(rows); }
            }
            foreach (var (column, store) in missing.Zip(stores)) { _stores[column.Index] = store; }
            _rowCount = rows;
            return rows;
        }
    }

    private sealed class Cursor(CacheDataView view, bool[] active, Random rand) : RootCursor
    {
        private int _rows = -1;
        private int[] _order;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)Row(), 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
            Contracts.Check(column.Type.RawType == typeof(TValue), $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
            ValueGetter<TValue> getter = null;
            return (ref TValue value) =>
            {
                CheckPosition();
                getter ??= (ValueGetter<TValue>)view._stores[column.Index].Getter(Row);
                getter(ref value);
            };
        }

        protected override bool MoveNextCore()
        {
            if (_rows < 0)
            {
                _rows = view.Fill(active);
                _order = [.. Enumerable.Range(0, _rows)];
                rand?.Shuffle(_order);
            }
            return Position + 1 < _rows;
        }

        private int Row()
        {
            CheckPosition();
            return _order[(int)Position];
        }
    }
}
