using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The columns of a data view; of several with one name the last is found by name, the others are hidden.</summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _byName = [];

    private DataViewSchema(Column[] columns)
    {
        _columns = columns;
        foreach (var column in columns) { _byName[column.Name] = column.Index; }
    }

    public int Count => _columns.Length;

    public Column this[string name] => GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");

    public Column this[int columnIndex] => 0 <= columnIndex && columnIndex < _columns.Length
        ? _columns[columnIndex]
        : throw new ArgumentOutOfRangeException(nameof(columnIndex));

    public Column? GetColumnOrNull(string name)
    {
        CheckName(name);
        return _byName.TryGetValue(name, out var index) ? _columns[index] : null;
    }

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Count} columns";

    private static void CheckName(string name)
    {
        if (string.IsNullOrEmpty(name)) { throw new ArgumentNullException(nameof(name)); }
    }

    public struct Column
    {
        internal Column(string name, int index, bool isHidden, DataViewType type, Annotations annotations) =>
            (Name, Index, IsHidden, Type, Annotations) = (name, index, isHidden, type, annotations ?? Annotations.Empty);

        public string Name { get; }
        public int Index { get; }
        public bool IsHidden { get; }
        public DataViewType Type { get; }
        public Annotations Annotations { get; }

        public override readonly string ToString() => Annotations is null or { Schema.Count: 0 } ? $"{Name}: {Type}" : $"{Name}: {Type} {{{Annotations}}}";
    }

    public struct DetachedColumn
    {
        public DetachedColumn(string name, DataViewType type, Annotations annotations = null)
        {
            CheckName(name);
            (Name, Type, Annotations) = (name, type ?? throw new ArgumentNullException(nameof(type)), annotations ?? Annotations.Empty);
        }

        public DetachedColumn(Column column) => (Name, Type, Annotations) = (column.Name, column.Type, column.Annotations);

        public string Name { get; }
        public DataViewType Type { get; }
        public Annotations Annotations { get; }
    }

    public sealed class Builder
    {
        private readonly List<DetachedColumn> _items = [];

        public Builder() { }

        public void AddColumn(string name, DataViewType type, Annotations annotations = null) => _items.Add(new(name, type, annotations));

        public void AddColumns(IEnumerable<Column> source) => _items.AddRange(source.Select(column => new DetachedColumn(column)));

        public void AddColumns(IEnumerable<DetachedColumn> source) => _items.AddRange(source);

        public DataViewSchema ToSchema()
        {
            var last = new Dictionary<string, int>();
            for (var i = 0; i < _items.Count; i++) { last[_items[i].Name] = i; }
            return new([.. _items.Select((item, i) => new Column(item.Name, i, last[item.Name] != i, item.Type, item.Annotations))]);
        }
    }
}
