using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>
/// A transformer that adds columns to each row: it only moves values between columns and a stage's pure functions.
/// </summary>
/// <remarks>
/// Everything is lazy: <see cref="Transform"/> checks the schema and does no work; a row's values are computed when they are read, once per
/// row. Thread-safe: any number of cursors and prediction engines may use one transformer at the same time.
/// </remarks>
public abstract class RowTransformer : ITransformer
{
    private protected RowTransformer()
    {
    }

    /// <inheritdoc/>
    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>What the data's schema will be after this transformer.</summary>
    /// <param name="inputSchema">The schema of the data to transform.</param>
    /// <returns>The input's columns and after them the new ones.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type; the message says which, expected and got.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new RowMapper(this, inputSchema).OutputSchema;
    }

    /// <summary>Adds this transformer's columns to <paramref name="input"/>; no value is computed until it is read.</summary>
    /// <param name="input">The data to transform.</param>
    /// <returns>A view of the data with the new columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type; the message says which, expected and got.</exception>
    /// <exception cref="ObjectDisposedException">The transformer holds a network and is disposed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ThrowIfDisposed();
        return new RowDataView(input, new RowMapper(this, input.Schema));
    }

    /// <inheritdoc/>
    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ThrowIfDisposed();
        return new RowMapper(this, inputSchema);
    }

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelStorage.Save(ctx, Signature, ToJson());

    /// <summary>The columns read, in the order that <see cref="OpenRow"/> counts them.</summary>
    internal abstract IReadOnlyList<InputColumn> Inputs { get; }

    /// <summary>Eight characters that name this transformer in saved pipelines.</summary>
    private protected abstract string Signature { get; }

    /// <summary>Whether its outputs take so long that cursors prepare the next row's inputs beside them (<see cref="RowInputs.Ahead"/>).</summary>
    internal virtual bool LooksAhead => false;

    /// <summary>The new columns, given the input columns that were found (null: an optional one that is absent).</summary>
    internal abstract IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs);

    /// <summary>For each output column what makes its <see cref="ValueGetter{TValue}"/>; called once per cursor or row, when an output is first asked for.</summary>
    internal abstract RowOutputs OpenRow(RowInputs row);

    /// <summary>All that a saved pipeline keeps of this transformer.</summary>
    private protected abstract string ToJson();

    /// <summary>Cheap: throws unless the model is where it is expected; called when an estimator is fitted.</summary>
    internal virtual void RequireModel()
    {
    }

    private protected virtual void ThrowIfDisposed()
    {
    }

    /// <summary>The promise an estimator makes before any data are seen.</summary>
    internal SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return SchemaShapes.Append(inputSchema, OutputsFor([.. Inputs.Select(input => input.FindIn(inputSchema))]));
    }
}
