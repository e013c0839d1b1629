using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A loader with estimators behind it. It tells its schema's shape; nothing here fits or runs one.</summary>
public sealed class CompositeLoaderEstimator<TSource, TLastTransformer> : IDataLoaderEstimator<TSource, CompositeDataLoader<TSource, TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly IDataLoaderEstimator<TSource, IDataLoader<TSource>> _start;
    private readonly EstimatorChain<TLastTransformer> _chain;

    public CompositeLoaderEstimator(IDataLoaderEstimator<TSource, IDataLoader<TSource>> start, EstimatorChain<TLastTransformer> estimatorChain = null)
    {
        Contracts.CheckValue(start, nameof(start));
        (_start, _chain) = (start, estimatorChain ?? new());
    }

    public CompositeDataLoader<TSource, TLastTransformer> Fit(TSource input)
    {
        var loader = _start.Fit(input);
        return new(loader, _chain.Fit(loader.Load(input)));
    }

    public SchemaShape GetOutputSchema() => _chain.GetOutputSchema(_start.GetOutputSchema());
}

public sealed class CompositeDataLoader<TSource, TLastTransformer> : IDataLoader<TSource>, IDisposable where TLastTransformer : class, ITransformer
{
    public readonly IDataLoader<TSource> Loader;
    public readonly TransformerChain<TLastTransformer> Transformer;

    public CompositeDataLoader(IDataLoader<TSource> loader, TransformerChain<TLastTransformer> transformerChain = null)
    {
        Contracts.CheckValue(loader, nameof(loader));
        (Loader, Transformer) = (loader, transformerChain ?? new());
    }

    public IDataView Load(TSource input) => Transformer.Transform(Loader.Load(input));

    public DataViewSchema GetOutputSchema() => Transformer.GetOutputSchema(Loader.GetOutputSchema());

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("This ML.NET saves no loaders.");

    public void Dispose() => Transformer.Dispose();
}

internal sealed class TrivialLoaderEstimator<TSource>(IDataLoader<TSource> loader) : IDataLoaderEstimator<TSource, IDataLoader<TSource>>
{
    public IDataLoader<TSource> Fit(TSource input) => loader;

    public SchemaShape GetOutputSchema() => SchemaShape.Create(loader.GetOutputSchema());
}
