using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName) => GetColumn<T>(data, data.Schema[columnName]);

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Contracts.CheckValue(data, nameof(data));
        if (column.Type.RawType == typeof(T)) { return Read<T, T>(data, column, value => value); }
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
        {
            return (IEnumerable<T>)Read<ReadOnlyMemory<char>, string>(data, column, value => value.ToString());
        }
        if (typeof(T).IsArray && column.Type is VectorDataViewType vector)
        {
            if (vector.ItemType.RawType == typeof(T).GetElementType())
            {
                return Generic.Call<IEnumerable<T>>(typeof(ColumnCursorExtensions), nameof(ReadArrays), [typeof(T).GetElementType()], data, column);
            }
            if (typeof(T) == typeof(string[]) && vector.ItemType is TextDataViewType)
            {
                return (IEnumerable<T>)Read<VBuffer<ReadOnlyMemory<char>>, string[]>(data, column, value => [.. value.DenseValues().Select(text => $"{text}")]);
            }
        }
        throw Contracts.ExceptParam(nameof(column), $"Could not map a data view column '{column.Name}' of type {column.Type} to {typeof(T)}.");
    }

    private static IEnumerable<T[]> ReadArrays<T>(IDataView data, DataViewSchema.Column column) =>
        Read<VBuffer<T>, T[]>(data, column, value => [.. value.DenseValues()]);

    private static IEnumerable<TOut> Read<TValue, TOut>(IDataView data, DataViewSchema.Column column, Func<TValue, TOut> convert)
    {
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<TValue>(column);
        TValue value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            yield return convert(value);
        }
    }
}
