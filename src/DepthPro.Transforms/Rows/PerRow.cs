using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>A value that is computed once per row, when it is first read. As ML.NET's rows: one thread at a time.</summary>
internal sealed class PerRow<T>(DataViewRow row, Func<T> compute)
    where T : class
{
    private T? _value;
    private long _position;

    public T Value
    {
        get
        {
            if (_value is not { } value || _position != row.Position)
            {
                _value = null;
                _value = value = compute();
                _position = row.Position;
            }
            return value;
        }
    }

    /// <summary>Has the row computed anew on the next read.</summary>
    public void Forget() => _value = null;

    public ValueGetter<TValue> Getter<TValue>(Func<T, TValue> select) => (ref TValue value) => value = select(Value);

    /// <summary>A vector copied into the reader's buffer.</summary>
    public ValueGetter<VBuffer<float>> VectorGetter(Func<T, ReadOnlyMemory<float>> select) => (ref VBuffer<float> value) =>
    {
        var from = select(Value).Span;
        var editor = VBufferEditor.Create(ref value, from.Length);
        from.CopyTo(editor.Values);
        value = editor.Commit();
    };
}
