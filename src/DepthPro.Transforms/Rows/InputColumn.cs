using Microsoft.ML;

namespace DepthPro.Rows;

/// <summary>A column that a transformer reads, and the forms it may have.</summary>
internal sealed record InputColumn(string Name, params ColumnForm[] Forms)
{
    /// <summary>Whether the column may be absent; when present, it must still have one of the forms.</summary>
    public bool Optional { get; init; }

    public DataViewSchema.Column? FindIn(DataViewSchema schema)
    {
        var column = schema.GetColumnOrNull(Name);
        Check(column is { } found ? ColumnShape.Of(found) : null);
        return column;
    }

    public ColumnShape? FindIn(SchemaShape schema)
    {
        var found = schema.Where(c => c.Name == Name).Select(c => (ColumnShape?)ColumnShape.Of(c)).FirstOrDefault();
        Check(found);
        return found;
    }

    // The words are those of ML.NET's own schema errors.
    private void Check(ColumnShape? found)
    {
        if (found is not { } shape)
        {
            if (!Optional) { throw new ArgumentOutOfRangeException("inputSchema", $"Could not find input column '{Name}'"); }
        }
        else if (!Forms.Any(form => form.Accepts(shape)))
        {
            throw new ArgumentOutOfRangeException("inputSchema",
                $"Schema mismatch for input column '{Name}': expected {string.Join(" or ", Forms.Select(f => f.Text))}, got {shape.Text}");
        }
    }
}
