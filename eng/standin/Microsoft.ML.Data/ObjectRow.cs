using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Getters that read the members of an object, the current one at the time of the call.</summary>
internal sealed class ObjectRow<TRow>(MemberColumn[] columns, Func<MemberColumn, bool> isActive, Func<TRow> current) where TRow : class
{
    private readonly Delegate[] _getters = [.. columns.Select(column => isActive(column) ? MakeGetter(column, current) : null)];

    public bool IsActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(column.Index < _getters.Length && IsActive(column), nameof(column), "requested column not active");
        return _getters[column.Index] as ValueGetter<TValue> ?? throw Contracts.Except(
            $"Invalid TValue in GetGetter for column #{column}: '{typeof(TValue)}', expected type: '{columns[column.Index].Type.RawType}'.");
    }

    private static Delegate MakeGetter(MemberColumn column, Func<TRow> current)
    {
        var type = column.MemberType;
        if (type == typeof(string)) { return Text(column, current); }
        if (type == typeof(string[])) { return TextVector(column, current); }
        var method = type.IsArray ? nameof(Array) : column.Type is VectorDataViewType ? nameof(Vector) : nameof(Value);
        var argument = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : type;
        return Generic.Call<Delegate>(typeof(ObjectRow<TRow>), method, [argument], column, current);
    }

    private static ValueGetter<ReadOnlyMemory<char>> Text(MemberColumn column, Func<TRow> current)
    {
        var read = MemberTypes.Reader<TRow, string>(column.Member);
        return (ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory();
    }

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> TextVector(MemberColumn column, Func<TRow> current)
    {
        var read = MemberTypes.Reader<TRow, string[]>(column.Member);
        return (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var source = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, source.Length);
            for (var i = 0; i < source.Length; i++) { editor.Values[i] = source[i].AsMemory(); }
            value = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<T>> Array<T>(MemberColumn column, Func<TRow> current)
    {
        var read = MemberTypes.Reader<TRow, T[]>(column.Member);
        return (ref VBuffer<T> value) =>
        {
            var source = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, source.Length);
            source.CopyTo(editor.Values);
            value = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<T>> Vector<T>(MemberColumn column, Func<TRow> current)
    {
        var read = MemberTypes.Reader<TRow, VBuffer<T>>(column.Member);
        return (ref VBuffer<T> value) => read(current()).CopyTo(ref value);
    }

    private static ValueGetter<T> Value<T>(MemberColumn column, Func<TRow> current)
    {
        var read = MemberTypes.Reader<TRow, T>(column.Member);
        return (ref T value) => value = read(current());
    }
}
