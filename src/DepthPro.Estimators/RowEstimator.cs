using DepthPro.Rows;
using Microsoft.ML;

namespace DepthPro;

/// <summary>An estimator that learns nothing from data: it checks names, schema and model, and makes its transformer.</summary>
/// <typeparam name="TTransformer">What it fits.</typeparam>
/// <remarks>Immutable and thread-safe. Each <see cref="Fit"/> makes a transformer of its own; one with a network is to be disposed.</remarks>
public abstract class RowEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : RowTransformer
{
    private readonly Func<TTransformer> _create;
    private readonly TTransformer _unfitted;

    // Making a transformer checks the names, so a wrong one is reported where it was typed.
    private protected RowEstimator(Func<TTransformer> create) => (_create, _unfitted) = (create, create());

    /// <summary>Checks schema and model, and makes the transformer. Cheap: reads no row and runs no network.</summary>
    /// <param name="input">Data with the input columns.</param>
    /// <returns>A new transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type; the message says which, expected and got.</exception>
    /// <exception cref="ArgumentException">The model cannot give what the columns ask for.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is no longer where it was.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _unfitted.GetOutputSchema(input.Schema);
        _unfitted.RequireModel();
        return _create();
    }

    /// <summary>What the schema will be after fitting and transforming.</summary>
    /// <param name="inputSchema">What is known of the data's schema.</param>
    /// <returns>The input's columns and the new ones, which replace those of the same name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type; the message says which, expected and got.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _unfitted.GetOutputSchema(inputSchema);
}
