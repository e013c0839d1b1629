using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML
{
    public static class DebuggerExtensions
    {
        public static DataDebuggerPreview Preview(this IDataView data, int maxRows = 100) => new(data, maxRows);

        public static DataDebuggerPreview Preview(this ITransformer transformer, IDataView data, int maxRows = 100) =>
            new(transformer.Transform(data), maxRows);
    }
}

namespace Microsoft.ML.Data
{
    /// <summary>The first rows of a data view, all columns, each value got twice as ML.NET does.</summary>
    public sealed class DataDebuggerPreview
    {
        internal DataDebuggerPreview(IDataView data, int maxRows)
        {
            Contracts.CheckValue(data, nameof(data));
            Contracts.CheckParam(maxRows >= 0, nameof(maxRows), "Must not be negative.");
            Schema = data.Schema;
            var rows = new List<RowInfo>();
            var columns = Schema.Select(column => new List<object>()).ToArray();
            using (var cursor = data.GetRowCursor(Schema))
            {
                Func<object>[] readers = [.. Schema.Select(column =>
                    Generic.Call<Func<object>>(typeof(DataDebuggerPreview), nameof(Reader), [column.Type.RawType], cursor, column.Index))];
                while (rows.Count < maxRows && cursor.MoveNext())
                {
                    var row = new KeyValuePair<string, object>[readers.Length];
                    for (var i = 0; i < readers.Length; i++)
                    {
                        row[i] = new(Schema[i].Name, readers[i]());
                        columns[i].Add(readers[i]());
                    }
                    rows.Add(new(row));
                }
            }
            RowView = [.. rows];
            ColumnView = [.. Schema.Select(column => new ColumnInfo(column, [.. columns[column.Index]]))];
        }

        public DataViewSchema Schema { get; }
        public ImmutableArray<RowInfo> RowView { get; }
        public ImmutableArray<ColumnInfo> ColumnView { get; }

        public override string ToString() => $"{Schema.Count} columns, {RowView.Length} rows";

        private static Func<object> Reader<T>(DataViewRow row, int index)
        {
            var getter = row.GetGetter<T>(row.Schema[index]);
            return () =>
            {
                T value = default;
                getter(ref value);
                return value;
            };
        }

        public sealed class RowInfo
        {
            internal RowInfo(KeyValuePair<string, object>[] values) => Values = values;

            public KeyValuePair<string, object>[] Values { get; }

            public override string ToString() => $"{Values.Length} columns";
        }

        public sealed class ColumnInfo
        {
            internal ColumnInfo(DataViewSchema.Column column, object[] values) => (Column, Values) = (column, values);

            public DataViewSchema.Column Column { get; }
            public object[] Values { get; }

            public override string ToString() => $"{Column.Name}: {Column.Type}";
        }
    }
}
