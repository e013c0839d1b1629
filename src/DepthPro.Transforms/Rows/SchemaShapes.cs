using Microsoft.ML;

namespace DepthPro.Rows;

/// <summary>Makes a <see cref="SchemaShape"/> by ML.NET's public API; its columns have no public constructor.</summary>
internal static class SchemaShapes
{
    /// <summary>The input's columns with the new ones, which replace those of the same name.</summary>
    public static SchemaShape Append(SchemaShape input, IReadOnlyList<OutputColumn> outputs)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var output in outputs) { builder.AddColumn(output.Name, output.Type, output.Annotations); }
        var added = new SchemaOnlyLoader(builder.ToSchema()).Append(new SameSchemaEstimator()).GetOutputSchema();
        return new SchemaShape(input.Where(c => outputs.All(o => o.Name != c.Name)).Concat(added));
    }

    // IDataLoader.Append(estimator).GetOutputSchema() turns the loader's DataViewSchema into a SchemaShape and asks the estimator what it makes of it.
    private sealed class SchemaOnlyLoader(DataViewSchema schema) : IDataLoader<object>
    {
        public DataViewSchema GetOutputSchema() => schema;

        public IDataView Load(object input) => throw new NotSupportedException("This loader has a schema and no data.");

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("This loader has a schema and is never saved.");
    }

    private sealed class SameSchemaEstimator : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => throw new NotSupportedException("This estimator hands on schemas and is never fitted.");

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
