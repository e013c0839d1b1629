using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Runs single objects through a transformer. Not thread-safe.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable where TSrc : class where TDst : class, new()
{
    private readonly InputRow _input;
    private readonly Action<TDst> _fill;
    private readonly ITransformer _transformer;
    private readonly bool _ownsTransformer;
    private bool _disposed;

    private protected PredictionEngineBase(IHostEnvironment env, ITransformer transformer, bool ignoreMissingColumns,
        SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition, bool ownsTransformer)
    {
        env.CheckValue(transformer, nameof(transformer));
        env.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        (_transformer, _ownsTransformer) = (transformer, ownsTransformer);
        _input = new(inputSchemaDefinition ?? SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Read));
        var mapper = transformer.GetRowToRowMapper(_input.Schema);
        var filler = new ObjectFiller<TDst>(env, mapper.OutputSchema, ignoreMissingColumns, outputSchemaDefinition);
        _fill = filler.Bind(mapper.GetRow(_input, mapper.OutputSchema)); // all columns are active; that row is never disposed
        OutputSchema = transformer.GetOutputSchema(_input.Schema);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var result = new TDst();
        Predict(example, ref result);
        return result;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose()
    {
        if (_disposed) { return; }
        _input.Dispose();
        if (_ownsTransformer) { (_transformer as IDisposable)?.Dispose(); }
        _disposed = true;
    }

    private protected void PredictCore(TSrc example, TDst prediction)
    {
        _input.MoveTo(example);
        _fill(prediction);
    }

    private sealed class InputRow : DataViewRow
    {
        private readonly ObjectRow<TSrc> _row;
        private TSrc _current;
        private long _position = -1;

        public InputRow(SchemaDefinition definition)
        {
            var columns = MemberColumn.Of(typeof(TSrc), definition);
            Schema = MemberColumn.SchemaOf(columns);
            _row = new(columns, column => true, () => _current);
        }

        public override DataViewSchema Schema { get; }
        public override long Position => _position;
        public override long Batch => 0;

        public void MoveTo(TSrc example) => (_current, _position) = (example, _position + 1);

        public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.Get<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)Position, 0);
    }
}

public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst> where TSrc : class where TDst : class, new()
{
    internal PredictionEngine(IHostEnvironment env, ITransformer transformer, bool ignoreMissingColumns,
        SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null, bool ownsTransformer = true)
        : base(env, transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition, ownsTransformer) { }

    public override void Predict(TSrc example, ref TDst prediction)
    {
        Contracts.CheckValue(example, nameof(example));
        PredictCore(example, prediction ??= new TDst());
    }
}

public sealed class PredictionEngineOptions
{
    public bool IgnoreMissingColumns = true;
    public SchemaDefinition InputSchemaDefinition;
    public SchemaDefinition OutputSchemaDefinition;
    public bool OwnsTransformer = true;

    public PredictionEngineOptions() { }
}
