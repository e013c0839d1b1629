using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: LoadableClass(typeof(ImageLoadingTransformer), null, typeof(SignatureLoadModel), "Image Loader Transform", ImageLoadingTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
{
    internal ImageLoadingEstimator(IHostEnvironment env, string imageFolder, string outputColumnName, string inputColumnName)
        : base(env.Register(nameof(ImageLoadingEstimator)), new(env, imageFolder, (outputColumnName, inputColumnName))) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach (var (output, input) in Transformer.ColumnPairs)
        {
            if (!inputSchema.TryFindColumn(input, out var source)) { throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", input); }
            if (source is not { ItemType: TextDataViewType, Kind: SchemaShape.Column.VectorKind.Scalar })
            {
                throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", input, $"{TextDataViewType.Instance}", source.GetTypeString());
            }
            columns[output] = new(output, SchemaShape.Column.VectorKind.Scalar, new ImageDataViewType(), false);
        }
        return new(columns.Values);
    }
}

/// <summary>Decodes the file that a text column names. The image lives until the cursor ends or it is handed back to the getter.</summary>
public sealed class ImageLoadingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ImageLoaderTransform";

    public readonly string ImageFolder;

    internal ImageLoadingTransformer(IHostEnvironment env, string imageFolder, params (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(ImageLoadingTransformer)), columns)
    {
        if (string.IsNullOrEmpty(imageFolder)) { return; }
        ImageFolder = Directory.Exists(imageFolder)
            ? Path.GetFullPath(imageFolder)
            : throw new ArgumentException($"Directory \"{imageFolder}\" does not exist.");
    }

    private ImageLoadingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx) => ImageFolder = ctx.LoadStringOrNull();

    private static VersionInfo Version =>
        new("IMGLOADR", 0x00010003, 0x00010003, 0x00010003, typeof(ImageLoadingTransformer).Assembly.FullName, LoaderSignature);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        ctx.SaveStringOrNull(ImageFolder);
    }

    private static ImageLoadingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new(env.Register(nameof(ImageLoadingTransformer)), ctx);
    }

    private protected override MappedColumn MapColumn(DataViewSchema.Column input, string outputColumnName) => input.Type is TextDataViewType
        ? new(new(outputColumnName, new ImageDataViewType()), [input.Index], row => MakeGetter(row.GetGetter<ReadOnlyMemory<char>>(row.Schema[input.Index])))
        : throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, $"{TextDataViewType.Instance}", $"{input.Type}");

    private (Delegate Getter, Action Disposer) MakeGetter(ValueGetter<ReadOnlyMemory<char>> getPath)
    {
        MLImage last = null;
        ReadOnlyMemory<char> text = default;
        ValueGetter<MLImage> getter = (ref MLImage image) =>
        {
            image?.Dispose();
            image = null;
            getPath(ref text);
            if (text.Length > 0)
            {
                var path = string.IsNullOrWhiteSpace(ImageFolder) ? $"{text}" : Path.Combine(ImageFolder, $"{text}");
                image = MLImage.CreateFromStream(new MemoryStream(File.ReadAllBytes(path)));
                image.Tag = path;
            }
            last = image;
        };
        return (getter, () => last?.Dispose());
    }
}
