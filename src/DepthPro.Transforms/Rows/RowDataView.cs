using Microsoft.ML;

namespace DepthPro.Rows;

/// <summary>Data with a transformer's columns; rows, their order and their number are the input's.</summary>
internal sealed class RowDataView(IDataView input, RowMapper mapper) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Map(mapper.LookAhead(input.GetRowCursor(mapper.GetDependencies(needed), rand), needed), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        var cursors = input.GetRowCursorSet(mapper.GetDependencies(needed), n, rand);
        // Several cursors, each with a thread of its reader's, prepare beside each other's networks as they are.
        return [.. cursors.Select(cursor => Map(cursors.Length == 1 ? mapper.LookAhead(cursor, needed) : cursor, needed))];
    }

    private MappedCursor Map(DataViewRowCursor cursor, DataViewSchema.Column[] needed) => new(cursor, mapper.Columns(cursor, needed));
}
