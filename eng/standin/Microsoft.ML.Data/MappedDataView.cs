namespace Microsoft.ML.Data;

/// <summary>A data view with new columns, computed as its cursors' getters are called.</summary>
internal sealed class MappedDataView(IDataView source, RowMapping mapping) : IDataView
{
    public DataViewSchema Schema => mapping.OutputSchema;
    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Wrap(source.GetRowCursor(mapping.GetDependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(mapping.GetDependencies(needed), n, rand).Select(cursor => Wrap(cursor, needed))];
    }

    private Cursor Wrap(DataViewRowCursor input, DataViewSchema.Column[] needed) => new(input, mapping.MakeGetters(input, needed));

    private sealed class Cursor(DataViewRowCursor input, RowMapping.Getters getters) : DataViewRowCursor
    {
        public override DataViewSchema Schema => getters.Schema;
        public override long Position => input.Position;
        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

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
