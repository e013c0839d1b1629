using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>
/// A column's value in the current row, read from the input once and kept, so that the input may go on to the next row while the reader is still at this one.
/// </summary>
internal abstract class KeptColumn
{
    private bool _readInThisRow, _readInLastRow;

    /// <summary>
    /// Whether the reader has read it in this row or the one before. Only what is read anyway may be read before it is asked for: a column's
    /// value may be the work of another network.
    /// </summary>
    public bool IsRead => _readInThisRow || _readInLastRow;

    /// <summary>
    /// Whether values of the type can be kept: those that ML.NET copies, and depth maps, which never change. What has an owner, as images have, cannot.
    /// </summary>
    public static bool CanKeep(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType or DepthMapDataViewType;

    /// <summary>The column of a row, whose getter is made when the reader asks for it.</summary>
    public static KeptColumn Of(DataViewRow row, DataViewSchema.Column column)
    {
        var kept = column.Type is VectorDataViewType vector
            ? typeof(KeptVector<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(KeptValue<>).MakeGenericType(column.Type.RawType);
        var getter = typeof(DataViewRow).GetMethod(nameof(DataViewRow.GetGetter))?.MakeGenericMethod(column.Type.RawType);
        var open = getter?.CreateDelegate(typeof(Func<,>).MakeGenericType(typeof(DataViewSchema.Column), getter.ReturnType), row);
        return Activator.CreateInstance(kept, open, column) as KeptColumn ?? throw new InvalidOperationException($"Column '{column.Name}' of type {column.Type} cannot be kept.");
    }

    /// <summary>Reads the value unless it is kept; an error is kept in its place.</summary>
    public abstract void Keep();

    /// <summary>Makes ready for the next row.</summary>
    public virtual void MoveOn() => (_readInLastRow, _readInThisRow) = (_readInThisRow, false);

    private protected void MarkRead() => _readInThisRow = true;
}

/// <summary>A value that is copied by assignment.</summary>
internal class KeptValue<T>(Func<DataViewSchema.Column, ValueGetter<T>> open, DataViewSchema.Column column) : KeptColumn
{
    private readonly T[] _value = new T[1];
    private ValueGetter<T>? _read;
    private ExceptionDispatchInfo? _error;
    private bool _isKept;

    /// <summary>What gives the reader copies of the value.</summary>
    public ValueGetter<T> Getter()
    {
        _read ??= open(column);
        return (ref T value) =>
        {
            MarkRead();
            if (!_isKept) { Read(); }
            _error?.Throw();
            Copy(_value[0], ref value);
        };
    }

    public override void Keep()
    {
        if (_isKept) { return; }
        try
        {
            Read();
        }
        catch (Exception e)
        {
            (_error, _isKept) = (ExceptionDispatchInfo.Capture(e), true);
        }
    }

    public override void MoveOn()
    {
        base.MoveOn();
        (_error, _isKept) = (null, false);
    }

    private protected virtual void Copy(in T from, ref T to) => to = from;

    private void Read()
    {
        _read ??= open(column);
        _read(ref _value[0]);
        _isKept = true;
    }
}

/// <summary>A vector, copied into the reader's buffer.</summary>
internal sealed class KeptVector<T>(Func<DataViewSchema.Column, ValueGetter<VBuffer<T>>> open, DataViewSchema.Column column) : KeptValue<VBuffer<T>>(open, column)
{
    private protected override void Copy(in VBuffer<T> from, ref VBuffer<T> to) => from.CopyTo(ref to);
}
