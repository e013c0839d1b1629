using DepthPro.Rows;
using Microsoft.ML.Data;

namespace DepthPro.Scoring;

/// <summary>The columns of the image encoder's features that were asked for.</summary>
internal sealed class ImageFeatureOutputs
{
    private readonly List<(OutputColumn Column, Func<ImageFeatures, ReadOnlyMemory<float>> Of)> _columns = [];

    /// <param name="classToken">Name of the class token's column, or null.</param>
    /// <param name="pooledTokens">Name of the pooled tokens' column, or null.</param>
    /// <param name="tokenGrid">Name of the token grid's column, or null.</param>
    /// <param name="model">The network.</param>
    /// <exception cref="ArgumentException">One is asked for, and the model does not give it.</exception>
    public ImageFeatureOutputs(string? classToken, string? pooledTokens, string? tokenGrid, ModelSource model)
    {
        var (grid, width) = (model.TokenGrid, model.TokenWidth);
        if ((classToken ?? pooledTokens ?? tokenGrid) is { } asked && (grid == 0 || width == 0))
        {
            throw new ArgumentException($"Model '{model.Name}' does not give the image encoder's features, which the column '{asked}' is to hold: its ONNX file has no output '{Network.ModelParts.ImageTokens}' "
                + "(1, 1 + grid x grid, width). Leave out the column, or convert the checkpoint again with 'depthpro convert'.");
        }
        void Add(string? name, Func<ImageFeatures, ReadOnlyMemory<float>> of, params int[] dimensions)
        {
            if (name is not null) { _columns.Add((new(name, new VectorDataViewType(NumberDataViewType.Single, dimensions)), of)); }
        }
        Add(classToken, features => features.ClassToken, width);
        Add(pooledTokens, features => features.PooledTokens, width);
        Add(tokenGrid, features => features.TokenGrid, grid, grid, width);
    }

    public IEnumerable<OutputColumn> Columns => _columns.Select(column => column.Column);

    /// <summary>What makes the columns' getters, of rows whose value holds the features.</summary>
    public IEnumerable<Func<Delegate>> Getters<T>(PerRow<T> row, Func<T, ImageFeatures?> featuresOf)
        where T : class
        => _columns.Select<(OutputColumn, Func<ImageFeatures, ReadOnlyMemory<float>> Of), Func<Delegate>>(column => () => row.VectorGetter(value =>
            column.Of(featuresOf(value) ?? throw new InvalidOperationException("The network gave no image features although its model promises them."))));
}
