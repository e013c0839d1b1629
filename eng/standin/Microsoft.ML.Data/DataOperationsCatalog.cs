using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class DataOperationsCatalog : IInternalCatalog
{
    private readonly IHostEnvironment _env;

    internal DataOperationsCatalog(IHostEnvironment env) => _env = env;

    IHostEnvironment IInternalCatalog.Environment => _env;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null) where TRow : class
    {
        _env.CheckValue(data, nameof(data));
        return new EnumerableDataView<TRow>(data, schemaDefinition);
    }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema) where TRow : class
    {
        _env.CheckValue(data, nameof(data));
        _env.CheckValue(schema, nameof(schema));
        return new EnumerableDataView<TRow>(data, SchemaDefinition.Create(typeof(TRow), schema, _env));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null) where TRow : class, new()
    {
        _env.CheckValue(data, nameof(data));
        return Enumerate(data, new ObjectFiller<TRow>(_env, data.Schema, ignoreMissingColumns, schemaDefinition), reuseRowObject);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        _env.CheckValue(input, nameof(input));
        foreach (var name in columnsToPrefetch ?? [])
        {
            var column = input.Schema.GetColumnOrNull(name) ?? throw _env.ExceptSchemaMismatch(nameof(columnsToPrefetch), "prefetch", name);
            _env.Check(column.Type.IsCacheable(), $"Asked to prefetch column '{name}' into cache, but it is of unhandled type '{column.Type}'");
        }
        return new CacheDataView(CacheableColumns.Of(input));
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckParam(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        var host = _env.Register("Shuffle", seed);
        return new ShuffledDataView(CacheableColumns.Of(input), shufflePoolSize, shuffleSource, host.Rand.Next());
    }

    public IDataView SkipRows(IDataView input, long count) => Slice(input, count, skip: count, take: long.MaxValue);

    public IDataView TakeRows(IDataView input, long count) => Slice(input, count, skip: 0, take: count);

    private SlicedDataView Slice(IDataView input, long count, long skip, long take)
    {
        _env.CheckValue(input, nameof(input));
        _env.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new(input, skip, take);
    }

    private static IEnumerable<TRow> Enumerate<TRow>(IDataView data, ObjectFiller<TRow> filler, bool reuseRowObject) where TRow : class, new()
    {
        using var cursor = data.GetRowCursor(filler.ColumnsNeeded);
        var fill = filler.Bind(cursor);
        TRow row = null;
        while (cursor.MoveNext())
        {
            row = reuseRowObject && row is not null ? row : new();
            fill(row);
            yield return row;
        }
    }
}
