using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>A cursor with the transformer's columns.</summary>
internal sealed class MappedCursor(DataViewRowCursor input, MappedColumns columns) : DataViewRowCursor
{
    public override DataViewSchema Schema => columns.Schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => columns.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) { columns.Close(); }
        base.Dispose(disposing);
    }
}
