using DepthPro.Depth;
using DepthPro.Rows;
using Microsoft.ML;

namespace DepthPro;

/// <summary>Finds the median field of view of a clip and gives it to every row; see LockFocalLength of <c>ml.Transforms</c>. Immutable and thread-safe.</summary>
public sealed class FocalLengthLockingEstimator : IEstimator<FocalLengthLockingTransformer>
{
    private readonly FocalLengthLockingTransformer _unfitted;
    private readonly string _column;

    internal FocalLengthLockingEstimator(string output, string input, string? image) => (_unfitted, _column) = (new(new(output, input, image, Lock: null)), input);

    /// <summary>Reads the focal length of every row, and of estimated depth thereby runs the network on each, and takes the median of what is known.</summary>
    /// <param name="input">The rows of the clip.</param>
    /// <returns>A transformer that gives every row, of these data and of others, that field of view.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type; the message says which, expected and got.</exception>
    /// <exception cref="InvalidDataException">No row has a known focal length, or a row holds no map or image, or a focal length of 0, below or infinite; the message names column and row.</exception>
    public FocalLengthLockingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column?[] columns = [.. _unfitted.Inputs.Select(column => column.FindIn(input.Schema))];
        using var cursor = input.GetRowCursor(columns.OfType<DataViewSchema.Column>());
        var read = _unfitted.Relative(new RowInputs(cursor, columns));
        var (known, rows) = (new List<double>(), 0L);
        for (; cursor.MoveNext(); rows++)
        {
            if (read() is var relative && double.IsFinite(relative)) { known.Add(relative); }
        }
        return FocalLengthLock.Median(known) is { } found
            ? _unfitted.With(found)
            : throw new InvalidDataException($"Column '{_column}' has no known focal length in any of {rows} rows; expected one at least: estimate depth, or give the photos' focal lengths.");
    }

    /// <summary>What the schema will be after fitting and transforming.</summary>
    /// <param name="inputSchema">What is known of the data's schema.</param>
    /// <returns>The input's columns and the new ones, which replace those of the same name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type; the message says which, expected and got.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _unfitted.GetOutputSchema(inputSchema);
}
