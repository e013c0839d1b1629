using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A new column: what it is, which columns it is computed from, and its getter for a row, with what that must dispose.</summary>
internal sealed record MappedColumn(DataViewSchema.DetachedColumn Column, int[] Sources, Func<DataViewRow, (Delegate Getter, Action Disposer)> MakeGetter);

/// <summary>A schema with new columns; one that takes an old one's name stands right behind it and hides it.</summary>
internal sealed class RowMapping : IRowToRowMapper
{
    private readonly MappedColumn[] _added;
    private readonly List<int> _map; // for each output column the input column, or ~ the new one

    public RowMapping(DataViewSchema input, MappedColumn[] added)
    {
        (InputSchema, _added, _map) = (input, added, [.. Enumerable.Range(0, input.Count)]);
        for (var i = 0; i < added.Length; i++)
        {
            var name = added[i].Column.Name;
            var same = _map.FindLastIndex(at => (at >= 0 ? input[at].Name : added[~at].Column.Name) == name);
            _map.Insert(same < 0 ? _map.Count : same + 1, ~i);
        }
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(_map.Select(at => at >= 0 ? new(input[at]) : added[~at].Column));
        OutputSchema = schema.ToSchema();
    }

    public DataViewSchema InputSchema { get; }
    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var active = Columns.Active(OutputSchema, dependingColumns);
        var needed = new bool[InputSchema.Count];
        for (var i = 0; i < active.Length; i++)
        {
            if (!active[i]) { continue; }
            foreach (var source in _map[i] >= 0 ? [_map[i]] : _added[~_map[i]].Sources) { needed[source] = true; }
        }
        return InputSchema.Where(column => needed[column.Index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.Check(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new Row(input, MakeGetters(input, activeColumns));
    }

    public Getters MakeGetters(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new(this, input, Columns.Active(OutputSchema, activeColumns));

    /// <summary>The getters of one row or cursor.</summary>
    internal sealed class Getters
    {
        private readonly RowMapping _mapping;
        private readonly DataViewRow _input;
        private readonly bool[] _active;
        private readonly (Delegate Getter, Action Disposer)[] _added;

        public Getters(RowMapping mapping, DataViewRow input, bool[] active)
        {
            (_mapping, _input, _active) = (mapping, input, active);
            _added = [.. mapping._added.Select((column, i) => active[mapping._map.IndexOf(~i)] ? column.MakeGetter(input) : default)];
        }

        public DataViewSchema Schema => _mapping.OutputSchema;

        public bool IsActive(DataViewSchema.Column column) => _active[column.Index];

        public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(IsActive(column), $"Column '{column.Name}' is not active.");
            var at = _mapping._map[column.Index];
            return at >= 0 ? _input.GetGetter<TValue>(_input.Schema[at]) : _added[~at].Getter as ValueGetter<TValue>
                ?? throw Contracts.Except($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        }

        public void Dispose()
        {
            foreach (var (_, disposer) in _added) { disposer?.Invoke(); }
        }
    }

    private sealed class Row(DataViewRow input, Getters getters) : DataViewRow
    {
        public override DataViewSchema Schema => getters.Schema;
        public override long Position => input.Position;
        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => getters.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => getters.Get<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            getters.Dispose();
            input.Dispose();
        }
    }
}
