using Microsoft.ML.Data;

namespace Microsoft.ML;

public delegate void ValueGetter<TValue>(ref TValue value);

/// <summary>One row of a data view; its values are computed when a getter is called.</summary>
public abstract class DataViewRow : IDisposable
{
    protected DataViewRow() { }

    public abstract long Position { get; }
    public abstract long Batch { get; }
    public abstract DataViewSchema Schema { get; }

    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    public abstract bool IsColumnActive(DataViewSchema.Column column);

    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    protected virtual void Dispose(bool disposing) { }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }
}

public abstract class DataViewRowCursor : DataViewRow
{
    protected DataViewRowCursor() { }

    public abstract bool MoveNext();
}
