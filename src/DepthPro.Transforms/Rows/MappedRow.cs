using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>A row with the transformer's columns, as prediction engines read it.</summary>
internal sealed class MappedRow(MappedColumns columns) : DataViewRow
{
    public override DataViewSchema Schema => columns.Schema;

    public override long Position => columns.Input.Position;

    public override long Batch => columns.Input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => columns.Input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => columns.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) { columns.Close(); }
        base.Dispose(disposing);
    }
}
