using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Estimators one after the other, each fitted to what the transformers before it make of the data.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>> where TLastTransformer : class, ITransformer
{
    private readonly IEstimator<ITransformer>[] _estimators = [];
    private readonly TransformerScope[] _scopes = [];

    public readonly IEstimator<TLastTransformer> LastEstimator;

    public EstimatorChain() { }

    private EstimatorChain(IEstimator<ITransformer>[] estimators, TransformerScope[] scopes) =>
        (_estimators, _scopes, LastEstimator) = (estimators, scopes, estimators[^1] as IEstimator<TLastTransformer>);

    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        Contracts.CheckValue(estimator, nameof(estimator));
        return EstimatorChain<TNewTrans>.Of([.. _estimators, estimator], [.. _scopes, scope]);
    }

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var transformers = new List<ITransformer>();
        foreach (var estimator in _estimators)
        {
            transformers.Add(estimator.Fit(input));
            input = transformers[^1].Transform(input);
        }
        return new(transformers, _scopes);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        _estimators.Aggregate(inputSchema, (schema, estimator) => estimator.GetOutputSchema(schema));

    internal static EstimatorChain<TLastTransformer> Of(IEstimator<ITransformer>[] estimators, TransformerScope[] scopes) => new(estimators, scopes);
}

/// <summary>An estimator that has nothing to learn: it holds its transformer.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer> where TTransformer : class, ITransformer
{
    private protected readonly IHost Host;
    private protected readonly TTransformer Transformer;

    private protected TrivialEstimator(IHost host, TTransformer transformer) => (Host, Transformer) = (host, transformer);

    public TTransformer Fit(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        Transformer.GetOutputSchema(input.Schema);
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
