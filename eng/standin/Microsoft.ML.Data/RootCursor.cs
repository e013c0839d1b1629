using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor that counts its own rows: before the first and after the last its position is -1.</summary>
internal abstract class RootCursor : DataViewRowCursor
{
    private long _position = -1;
    private bool _disposed;

    public sealed override long Position => _position;
    public override long Batch => 0;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        CheckPosition();
        value = new((ulong)Position, 0);
    };

    public sealed override bool MoveNext()
    {
        if (_disposed) { return false; }
        if (MoveNextCore())
        {
            _position++;
            return true;
        }
        Dispose();
        return false;
    }

    protected abstract bool MoveNextCore();

    protected void CheckPosition() => Contracts.Check(Position >= 0,
        "Values cannot be fetched at this time. This method was called either before the first call to MoveNext(), or at any point after MoveNext() returned false.");

    protected override void Dispose(bool disposing)
    {
        (_disposed, _position) = (true, -1);
        base.Dispose(disposing);
    }
}
