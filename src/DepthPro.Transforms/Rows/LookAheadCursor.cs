using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>
/// A transformer's input whose next row is read and prepared on another thread while its reader works on this one: photos are decoded beside the network, or beside what is
/// done with its depth.
/// </summary>
/// <remarks>
/// It goes one row ahead and no further, and only from a row whose outputs the reader reads: who does not read a row's outputs has nothing
/// read ahead. What the reader sees is what it would see without: the current row's position, id and columns are kept before the input goes on, and
/// what goes wrong ahead is thrown where the reader would have met it. The input is used by one thread at a time: by the reader's until the task
/// starts and once it has been waited for, by the task's in between. The task ends by itself after its row, so that a cursor that is forgotten
/// undisposed holds no thread.
/// </remarks>
internal sealed class LookAheadCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly Dictionary<int, KeptColumn> _columns;
    private readonly KeptValue<DataViewRowId> _id;
    private object? _prepared, _next;
    private long _position, _batch;
    private bool _moved;
    private volatile bool _disposed;

    // While it is not null, the input has left the row that the reader is at.
    private Task? _ahead;

    /// <param name="input">The cursor that becomes this one's.</param>
    /// <param name="read">The columns of it that the reader may read besides the transformer's outputs; of types that can be kept.</param>
    public LookAheadCursor(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> read)
    {
        _input = input;
        _columns = read.DistinctBy(column => column.Index).ToDictionary(column => column.Index, column => KeptColumn.Of(input, column));
        _id = new(_ => input.GetIdGetter(), default);
    }

    /// <summary>The input, for what is prepared: ahead of the row that the reader is at.</summary>
    public DataViewRow Input => _input;

    public override DataViewSchema Schema => _input.Schema;

    public override long Position => _ahead is null ? _input.Position : _position;

    public override long Batch => _ahead is null ? _input.Batch : _batch;

    public override bool MoveNext()
    {
        foreach (var column in _columns.Values) { column.MoveOn(); }
        _id.MoveOn();
        (_prepared, var ahead, _ahead) = (null, _ahead, null);
        if (ahead is null) { return _input.MoveNext(); }
        ahead.GetAwaiter().GetResult();
        (_prepared, _next) = (_next, null);
        return _moved;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _id.Getter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _input.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns[column.Index] is KeptValue<TValue> kept
        ? kept.Getter()
        : throw new InvalidOperationException($"Invalid TValue: column '{column.Name}' is {column.Type} and its values are {column.Type.RawType}; asked for {typeof(TValue)}.");

    /// <summary>What gives the current row's prepared value, and what has the next one's prepared from then on.</summary>
    /// <param name="prepare">Makes the value of the row that <see cref="Input"/> is at; called on one thread at a time.</param>
    public (Func<T> Current, Action PrepareNext) Ahead<T>(Func<T> prepare)
        where T : class => (() => (T)Current(prepare), () => PrepareNext(prepare));

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _ahead?.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private object Current(Func<object> prepare)
    {
        if (_prepared is ExceptionDispatchInfo error)
        {
            // The input is still at this row: another read tries again, as it would without looking ahead.
            _prepared = null;
            error.Throw();
        }
        return _prepared ??= prepare();
    }

    private void PrepareNext(Func<object> prepare)
    {
        if (_ahead is not null || _columns.Values.Any(column => !column.IsRead)) { return; }
        foreach (var column in _columns.Values) { column.Keep(); }
        _id.Keep();
        (_position, _batch) = (_input.Position, _input.Batch);
        _ahead = Task.Run(() =>
        {
            _moved = _input.MoveNext();
            if (_moved && !_disposed) { _next = ValueOrError(prepare); }
        });
    }

    private static object ValueOrError(Func<object> prepare)
    {
        try
        {
            return prepare();
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }
}
