namespace Microsoft.ML.Data;

/// <summary>The rows from one on, or up to one.</summary>
internal sealed class SlicedDataView(IDataView source, long skip, long take) : IDataView
{
    public DataViewSchema Schema => source.Schema;
    public bool CanShuffle => false;

    public long? GetRowCount() => source.GetRowCount() is { } count ? Math.Min(Math.Max(0, count - skip), take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), skip, take);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor input, long skip, long take) : WrappingCursor(input)
    {
        private long _skip = skip, _take = take;

        protected override bool MoveNextCore()
        {
            if (--_take < 0) { return false; }
            for (; _skip > 0; _skip--)
            {
                if (!Input.MoveNext()) { return false; }
            }
            return Input.MoveNext();
        }
    }
}
