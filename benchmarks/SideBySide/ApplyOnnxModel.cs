using DepthPro.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.SideBySide;

/// <summary>The network in ML.NET's own ApplyOnnxModel; only where ML.NET is genuine.</summary>
internal sealed partial class Contestants
{
    private const string Input = "pixel_values", InverseDepth = "canonical_inverse_depth", FieldOfView = "field_of_view_degrees";

    static partial void HasApplyOnnxModel(ref bool has) => has = true;

    static partial void OpenApplyOnnxModel(string path, int side, ref (IDisposable Network, Func<float[], DepthScore> Score)? opened)
    {
        var ml = new MLContext();
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[Input].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, 3, side, side);
        var fitted = ml.Transforms.ApplyOnnxModel([InverseDepth, FieldOfView], [Input], path).Fit(ml.Data.LoadFromEnumerable<Row>([], schema));
        var engine = ml.Model.CreatePredictionEngine<Row, Score>(fitted, inputSchemaDefinition: schema);
        opened = (engine, input =>
        {
            var score = engine.Predict(new() { Pixels = input });
            return new(score.InverseDepth, score.Degrees[0]);
        });
    }

    private sealed class Row
    {
        [ColumnName(Input)]
        public float[] Pixels { get; set; } = [];
    }

    private sealed class Score
    {
        [ColumnName(Contestants.InverseDepth)]
        public float[] InverseDepth { get; set; } = [];

        [ColumnName(FieldOfView)]
        public float[] Degrees { get; set; } = [];
    }
}
