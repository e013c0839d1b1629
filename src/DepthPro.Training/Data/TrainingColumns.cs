using DepthPro.Depth;
using DepthPro.Rows;
using Microsoft.ML;

namespace DepthPro.Training.Data;

/// <summary>The columns that are learnt from. Immutable, thread-safe.</summary>
/// <param name="Image">MLImage.</param>
/// <param name="Label">True depth: DepthMap.</param>
/// <param name="FocalLength">Single, pixels; null: what the depth maps say.</param>
internal sealed record TrainingColumns(string Image, string Label, string? FocalLength)
{
    public const int ImageInput = 0, LabelInput = 1, FocalLengthInput = 2, FocalLengthFrom = 3;

    public IReadOnlyList<InputColumn> Inputs { get; } =
    [
        new(Image, ColumnForm.Image), new(Label, ColumnForm.Depth),
        .. FocalLength is null ? Array.Empty<InputColumn>() : [new(FocalLength, ColumnForm.Single, ColumnForm.SingleInVector), FocalLengthColumn.SourceOf(FocalLength)],
    ];

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; in ML.NET's words.</exception>
    public DataViewSchema.Column?[] FindIn(DataViewSchema schema) => [.. Inputs.Select(input => input.FindIn(schema))];

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; in ML.NET's words.</exception>
    public void Require(SchemaShape schema)
    {
        foreach (var input in Inputs) { input.FindIn(schema); }
    }
}
