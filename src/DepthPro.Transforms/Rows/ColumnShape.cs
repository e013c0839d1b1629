using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>What is known of a column's type: all of it from a <see cref="DataViewSchema"/>, without dimensions from a <see cref="SchemaShape"/>.</summary>
/// <param name="ItemType">The type of the value, or of a vector's items; may be null for keys, whose shape names only what they are stored as.</param>
/// <param name="IsVector">Whether the column holds vectors.</param>
/// <param name="IsKnownSize">Whether all vectors have the same size; true for scalars.</param>
/// <param name="Dimensions">A vector's dimensions without leading ones; null when only the shape is known.</param>
/// <param name="Text">The type in ML.NET's words.</param>
internal readonly record struct ColumnShape(DataViewType? ItemType, bool IsVector, bool IsKnownSize, ImmutableArray<int>? Dimensions, string Text)
{
    public static ColumnShape Of(DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? new(vector.ItemType, true, vector.IsKnownSize, [.. vector.Dimensions.SkipWhile(d => d == 1)], $"{vector}")
        : new(column.Type, false, true, [], $"{column.Type}");

    public static ColumnShape Of(SchemaShape.Column column)
    {
        var item = column.IsKey ? $"Key<{column.ItemType}>" : $"{column.ItemType}";
        var itemType = column.IsKey ? null : column.ItemType;
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Scalar => new(itemType, false, true, [], item),
            SchemaShape.Column.VectorKind.Vector => new(itemType, true, true, null, $"Vector<{item}>"),
            _ => new(itemType, true, false, null, $"VarVector<{item}>"),
        };
    }

    /// <summary>Whether the column holds vectors of these dimensions, as far as is known.</summary>
    public bool HasDimensions(Func<ImmutableArray<int>, bool> accepts) => IsVector && IsKnownSize && (Dimensions is not { } known || accepts(known));
}
