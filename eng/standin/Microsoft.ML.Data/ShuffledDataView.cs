using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Rows in random order, drawn from a pool that is filled up from the source; every cursor without a generator of its own gives the same order.</summary>
internal sealed class ShuffledDataView(IDataView source, int poolSize, bool shuffleSource, int seed) : IDataView
{
    public DataViewSchema Schema => source.Schema;
    public bool CanShuffle => true;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        rand ??= new(seed);
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new Cursor(source.GetRowCursor(needed, shuffleSource && source.CanShuffle ? rand : null), needed, poolSize, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : WrappingCursor
    {
        private readonly Dictionary<int, ColumnStore> _stores;
        private readonly Action<int>[] _writers;
        private readonly int _poolSize;
        private readonly Random _rand;
        private readonly List<int> _waiting = []; // the pool's slots whose rows are still to come
        private readonly List<DataViewRowId> _ids = [];
        private readonly ValueGetter<DataViewRowId> _id;
        private int _current = -1;

        public Cursor(DataViewRowCursor input, DataViewSchema.Column[] columns, int poolSize, Random rand) : base(input)
        {
            (_poolSize, _rand, _id) = (poolSize, rand, input.GetIdGetter());
            _stores = columns.DistinctBy(column => column.Index).ToDictionary(column => column.Index, ColumnStore.Of);
            _writers = [.. _stores.Select(store => store.Value.Writer(input, Schema[store.Key]))];
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[_current];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active.");
            return _stores[column.Index].Getter(() => { CheckPosition(); return _current; }) as ValueGetter<TValue>
                ?? throw Contracts.Except($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        }

        protected override bool MoveNextCore()
        {
            var free = _current;
            while (_waiting.Count < _poolSize && Input.MoveNext())
            {
                var slot = free >= 0 ? free : _ids.Count;
                free = -1;
                foreach (var write in _writers) { write(slot); }
                if (slot == _ids.Count) { _ids.Add(default); }
                DataViewRowId id = default;
                _id(ref id);
                _ids[slot] = id;
                _waiting.Add(slot);
            }
            if (_waiting.Count == 0) { return false; }
            var pick = _rand.Next(_waiting.Count);
            (_current, _waiting[pick]) = (_waiting[pick], _waiting[^1]);
            _waiting.RemoveAt(_waiting.Count - 1);
            return true;
        }
    }
}
