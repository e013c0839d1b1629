using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>A transformer bound to one input schema, which is thereby checked.</summary>
internal sealed class RowMapper : IRowToRowMapper
{
    private readonly RowTransformer _transformer;
    private readonly DataViewSchema.Column?[] _inputs;

    public RowMapper(RowTransformer transformer, DataViewSchema inputSchema)
    {
        _transformer = transformer;
        _inputs = [.. transformer.Inputs.Select(input => input.FindIn(inputSchema))];
        InputSchema = inputSchema;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        foreach (var output in transformer.OutputsFor([.. _inputs.Select(c => c is { } column ? ColumnShape.Of(column) : (ColumnShape?)null)]))
        {
            builder.AddColumn(output.Name, output.Type, output.Annotations);
        }
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new bool[InputSchema.Count];
        foreach (var column in dependingColumns)
        {
            if (column.Index < needed.Length)
            {
                needed[column.Index] = true;
            }
            else
            {
                foreach (var input in _inputs) { if (input is { } read) { needed[read.Index] = true; } }
            }
        }
        return [.. InputSchema.Where(column => needed[column.Index])];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (input.Schema != InputSchema)
        {
            throw new ArgumentException("The row's schema is not the one that this mapper was made for; get a mapper for the row's schema.", nameof(input));
        }
        return new MappedRow(Columns(input, activeColumns));
    }

    public MappedColumns Columns(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var active = new bool[OutputSchema.Count];
        foreach (var column in activeColumns) { active[column.Index] = true; }
        return new MappedColumns(this, input, active);
    }

    /// <summary>The input, read ahead where the transformer has something to prepare and all else that its reader asks for can be kept meanwhile.</summary>
    public DataViewRowCursor LookAhead(DataViewRowCursor input, DataViewSchema.Column[] needed)
    {
        var outputsFrom = InputSchema.Count;
        var (outputs, passed) = (needed.Any(column => column.Index >= outputsFrom), needed.Where(column => column.Index < outputsFrom).ToList());
        return _transformer.LooksAhead && outputs && passed.TrueForAll(column => KeptColumn.CanKeep(column.Type)) ? new LookAheadCursor(input, passed) : input;
    }

    public RowOutputs Open(DataViewRow input) => _transformer.OpenRow(new RowInputs(input, _inputs));
}
