using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer that adds columns computed from the row's other columns.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected readonly IHost Host;

    private protected RowToRowTransformerBase(IHost host) => Host = host;

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return new RowMapping(inputSchema, MapColumns(inputSchema)).OutputSchema;
    }

    public IDataView Transform(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        return new MappedDataView(input, new(input.Schema, MapColumns(input.Schema)));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return new RowMapping(inputSchema, MapColumns(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private protected abstract MappedColumn[] MapColumns(DataViewSchema inputSchema);
}

/// <summary>A transformer with one input column for each output column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    internal readonly (string outputColumnName, string inputColumnName)[] ColumnPairs;

    private protected OneToOneTransformerBase(IHost host, params (string outputColumnName, string inputColumnName)[] columns) : base(host)
    {
        foreach (var (output, input) in columns)
        {
            host.CheckNonEmpty(input, nameof(columns));
            host.CheckNonEmpty(output, nameof(columns));
        }
        ColumnPairs = columns;
    }

    private protected OneToOneTransformerBase(IHost host, ModelLoadContext ctx) : base(host)
    {
        ColumnPairs = new (string, string)[ctx.Reader.ReadInt32()];
        for (var i = 0; i < ColumnPairs.Length; i++) { ColumnPairs[i] = (ctx.LoadNonEmptyString(), ctx.LoadNonEmptyString()); }
    }

    private protected void SaveColumns(ModelSaveContext ctx)
    {
        ctx.Writer.Write(ColumnPairs.Length);
        foreach (var (output, input) in ColumnPairs)
        {
            ctx.SaveNonEmptyString(output);
            ctx.SaveNonEmptyString(input);
        }
    }

    private protected sealed override MappedColumn[] MapColumns(DataViewSchema inputSchema) => [.. ColumnPairs.Select(pair => MapColumn(
        inputSchema.GetColumnOrNull(pair.inputColumnName) ?? throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.inputColumnName),
        pair.outputColumnName))];

    private protected abstract MappedColumn MapColumn(DataViewSchema.Column input, string outputColumnName);
}
