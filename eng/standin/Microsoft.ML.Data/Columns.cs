using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal static class Columns
{
    /// <summary>For each column of a schema whether it is among those asked for.</summary>
    public static bool[] Active(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        Contracts.CheckValue(columnsNeeded, nameof(columnsNeeded));
        var active = new bool[schema.Count];
        foreach (var column in columnsNeeded)
        {
            Contracts.Check(column.Index < active.Length, $"The requested column: {column} is not part of the sourceSchema");
            active[column.Index] = true;
        }
        return active;
    }

    /// <summary>Whether a cache or a shuffle can hold its values; images and other objects they drop.</summary>
    public static bool IsCacheable(this DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;
}
