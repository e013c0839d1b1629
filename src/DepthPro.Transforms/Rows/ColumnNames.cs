namespace DepthPro.Rows;

/// <summary>Checks of the names that a user gives.</summary>
internal static class ColumnNames
{
    /// <exception cref="ArgumentException">A name is empty, or two new columns have the same one.</exception>
    public static void Check(IEnumerable<string?> inputs, IEnumerable<string?> outputs)
    {
        var seen = new HashSet<string>();
        foreach (var name in inputs.Concat(outputs))
        {
            if (name is not null && string.IsNullOrWhiteSpace(name)) { throw new ArgumentException("A column name is empty; expected a name, or null where the column is optional."); }
        }
        foreach (var name in outputs)
        {
            if (name is not null && !seen.Add(name)) { throw new ArgumentException($"Two output columns are named '{name}'; give each its own name."); }
        }
    }
}
