namespace Microsoft.ML.Data;

/// <summary>A cursor over other rows of another one, counting its own.</summary>
internal abstract class WrappingCursor(DataViewRowCursor input) : RootCursor
{
    protected DataViewRowCursor Input => input;

    public override DataViewSchema Schema => input.Schema;
    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        input.Dispose();
        base.Dispose(disposing);
    }
}
