using DepthPro;
using DepthPro.Metrics;
using DepthPro.Rows;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Training and evaluation of depth estimation: <c>mlContext.DepthEstimation</c>. Thread-safe.</summary>
public sealed class DepthEstimationCatalog
{
    internal DepthEstimationCatalog(IHostEnvironment environment) => Trainers = new(environment);

    /// <summary>The trainers; those of a package are there once its assembly is referenced.</summary>
    public DepthEstimationTrainers Trainers { get; }

    /// <summary>Compares a column of predicted depth with the truth. Reads one row at a time and keeps only its numbers.</summary>
    /// <param name="data">Data with both columns, such as a pipeline's output.</param>
    /// <param name="labelColumnName">True depth: DepthMap, NaN where unknown; null when only a matte is given in the options.</param>
    /// <param name="depthColumnName">Predicted depth: DepthMap; resized bilinearly to the truth's size for the standard metrics.</param>
    /// <param name="options">Range, alignment, masks, thresholds; null for the defaults.</param>
    /// <exception cref="ArgumentException">A name is empty, nothing to compare with is named, or the options are out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message says which, expected and got.</exception>
    /// <exception cref="InvalidDataException">A row holds no map, or its maps do not fit each other; the message names the row.</exception>
    public DepthEstimationMetrics Evaluate(IDataView data, string? labelColumnName = "Label", string depthColumnName = "Depth", DepthEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrWhiteSpace(depthColumnName);
        return DepthEstimationMetrics.Of(new DepthComparisonTransformer(new(depthColumnName, depthColumnName, labelColumnName, options ?? new())).Compare(data));
    }

    /// <summary>Compares a column of focal lengths with the truth.</summary>
    /// <param name="data">Data with both columns.</param>
    /// <param name="labelColumnName">True focal lengths: Single, pixels, NaN where unknown; or DepthMap, whose focal length it is.</param>
    /// <param name="focalLengthColumnName">Estimated focal lengths, pixels of the same photos: Single, or DepthMap.</param>
    /// <returns>Relative error and shares; rows in which either is unknown are left out and counted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message says which, expected and got.</exception>
    /// <exception cref="InvalidDataException">A row of a DepthMap column holds none; the message names the row.</exception>
    public FocalLengthMetrics EvaluateFocalLength(IDataView data, string labelColumnName = "Label", string focalLengthColumnName = "FocalLength")
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column?[] columns = [.. new[] { labelColumnName, focalLengthColumnName }.Select(name => new InputColumn(name, ColumnForm.Single, ColumnForm.Depth).FindIn(data.Schema))];
        using var cursor = data.GetRowCursor(columns.OfType<DataViewSchema.Column>());
        var row = new RowInputs(cursor, columns);
        var (readTruth, readEstimate) = (FocalLength(row, 0), FocalLength(row, 1));
        List<float> truth = [], estimated = [];
        while (cursor.MoveNext())
        {
            truth.Add(readTruth());
            estimated.Add(readEstimate());
        }
        return FocalLengthMetrics.Of([.. estimated], [.. truth]);
    }

    private static Func<float> FocalLength(RowInputs row, int input)
    {
        if (row.TypeOf(input) is not DepthMapDataViewType) { return row.Number(input); }
        var depth = row.Depth(input);
        return () => depth().FocalLengthPixels;
    }
}
