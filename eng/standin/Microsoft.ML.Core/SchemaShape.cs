using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What estimators promise of a schema before any data is seen: names and item types, no sizes.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private static readonly SchemaShape _empty = new([]);

    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        Contracts.CheckValue(columns, nameof(columns));
        _columns = [.. columns];
        Contracts.CheckParam(_columns.All(column => column.IsValid), nameof(columns), "Some items are not initialized properly.");
    }

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema)
    {
        Contracts.CheckValue(schema, nameof(schema));
        return new(schema.Where(column => !column.IsHidden).Select(column =>
            ShapeOf(column, new(column.Annotations.Schema.Select(annotation => ShapeOf(annotation, null))))));
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        Contracts.CheckValue(name, nameof(name));
        column = _columns.FirstOrDefault(candidate => candidate.Name == name);
        return column.IsValid;
    }

    private static Column ShapeOf(DataViewSchema.Column column, SchemaShape annotations) => column.Type is VectorDataViewType vector
        ? new(column.Name, vector.IsKnownSize ? Column.VectorKind.Vector : Column.VectorKind.VariableVector, vector.ItemType, false, annotations)
        : new(column.Name, Column.VectorKind.Scalar, column.Type, false, annotations);

    public struct Column
    {
        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind vecKind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            Contracts.CheckNonEmpty(name, nameof(name));
            Contracts.CheckParam(itemType is not VectorDataViewType, nameof(itemType), "Item type cannot be a vector");
            (Name, Kind, ItemType, IsKey, Annotations) = (name, vecKind, itemType, isKey, annotations ?? _empty);
        }

        internal readonly bool IsValid => Name is not null;

        internal readonly string GetTypeString() => Kind switch
        {
            VectorKind.Vector => $"Vector<{ItemType}>",
            VectorKind.VariableVector => $"VarVector<{ItemType}>",
            _ => $"{ItemType}",
        };

        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }
    }
}
