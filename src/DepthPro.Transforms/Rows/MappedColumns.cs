using Microsoft.ML;

namespace DepthPro.Rows;

/// <summary>The columns of one input row or cursor with the transformer's own; what rows and cursors have in common.</summary>
internal sealed class MappedColumns(RowMapper mapper, DataViewRow input, bool[] active)
{
    private RowOutputs? _outputs;

    public DataViewSchema Schema => mapper.OutputSchema;

    public bool IsActive(DataViewSchema.Column column) => column.Index < active.Length && active[column.Index];

    public DataViewRow Input => input;

    public ValueGetter<T> GetGetter<T>(DataViewSchema.Column column)
    {
        if (!IsActive(column))
        {
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this cursor; name it when you get the cursor.");
        }
        var inputs = mapper.InputSchema.Count;
        if (column.Index < inputs) { return input.GetGetter<T>(mapper.InputSchema[column.Index]); }
        _outputs ??= mapper.Open(input);
        var getter = _outputs.Getters[column.Index - inputs]();
        return getter as ValueGetter<T> ?? throw new InvalidOperationException(
            $"Invalid TValue: column '{column.Name}' is {column.Type} and its values are {column.Type.RawType}; asked for {typeof(T)}.");
    }

    public void Close()
    {
        _outputs?.Close?.Invoke();
        input.Dispose();
    }
}
