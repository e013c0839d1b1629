using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ColumnCopyingTransformer), null, typeof(SignatureLoadModel), "Copy Columns Transform", ColumnCopyingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(IHostEnvironment env, string outputColumnName, string inputColumnName)
        : base(env.Register(nameof(ColumnCopyingEstimator)), new(env, (outputColumnName, inputColumnName))) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach (var (output, input) in Transformer.ColumnPairs)
        {
            if (!inputSchema.TryFindColumn(input, out var source)) { throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", input); }
            columns[output] = new(output, source.Kind, source.ItemType, source.IsKey, source.Annotations);
        }
        return new(columns.Values);
    }
}

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CopyTransform";

    internal ColumnCopyingTransformer(IHostEnvironment env, params (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(ColumnCopyingTransformer)), columns) { }

    private ColumnCopyingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx) { }

    private static VersionInfo Version =>
        new("COPYCOLT", 0x00010001, 0x00010001, 0x00010001, typeof(ColumnCopyingTransformer).Assembly.FullName, LoaderSignature);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
    }

    private static ColumnCopyingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new(env.Register(nameof(ColumnCopyingTransformer)), ctx);
    }

    private protected override MappedColumn MapColumn(DataViewSchema.Column input, string outputColumnName) =>
        new(new(outputColumnName, input.Type, input.Annotations), [input.Index], row =>
            (Generic.Call<Delegate>(typeof(ColumnCopyingTransformer), nameof(GetterOf), [input.Type.RawType], row, input.Index), null));

    private static ValueGetter<T> GetterOf<T>(DataViewRow row, int index) => row.GetGetter<T>(row.Schema[index]);
}
