using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The mappers of a chain as one.</summary>
internal sealed class RowMapperChain : IRowToRowMapper
{
    private readonly List<IRowToRowMapper> _mappers = [];

    public RowMapperChain(DataViewSchema inputSchema, IEnumerable<ITransformer> transformers)
    {
        (InputSchema, OutputSchema) = (inputSchema, inputSchema);
        foreach (var transformer in transformers)
        {
            _mappers.Add(transformer.GetRowToRowMapper(OutputSchema));
            OutputSchema = _mappers[^1].OutputSchema;
        }
    }

    public DataViewSchema InputSchema { get; }
    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        Enumerable.Reverse(_mappers).Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(input.Schema == InputSchema, nameof(input), "Schema did not match original schema");
        var active = Columns.Active(OutputSchema, activeColumns);
        var needed = new Stack<IEnumerable<DataViewSchema.Column>>([OutputSchema.Where(column => active[column.Index])]);
        foreach (var mapper in Enumerable.Reverse(_mappers).SkipLast(1)) { needed.Push(mapper.GetDependencies(needed.Peek())); }
        return _mappers.Aggregate(input, (row, mapper) => mapper.GetRow(row, needed.Pop()));
    }
}
