using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(ColumnConcatenatingTransformer), null, typeof(SignatureLoadModel), "Concat Transform", ColumnConcatenatingTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string LoaderSignature = "ConcatTransform";

    private readonly string _name;
    private readonly string[] _sources;

    internal ColumnConcatenatingTransformer(IHostEnvironment env, string outputColumnName, params string[] inputColumnNames)
        : base(env.Register(nameof(ColumnConcatenatingTransformer))) => (_name, _sources) = (outputColumnName, inputColumnNames);

    private static VersionInfo Version =>
        new("CONCAT F", 0x00010003, 0x00010003, 0x00010001, typeof(ColumnConcatenatingTransformer).Assembly.FullName, LoaderSignature);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.SaveNonEmptyString(_name);
        ctx.Writer.Write(_sources.Length);
        foreach (var source in _sources) { ctx.SaveNonEmptyString(source); }
    }

    private static ColumnConcatenatingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        var name = ctx.LoadNonEmptyString();
        var sources = new string[ctx.Reader.ReadInt32()];
        for (var i = 0; i < sources.Length; i++) { sources[i] = ctx.LoadNonEmptyString(); }
        return new(env, name, sources);
    }

    private protected override MappedColumn[] MapColumns(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] sources = [.. _sources.Select(name =>
            inputSchema.GetColumnOrNull(name) ?? throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", name))];
        var itemType = ItemOf(sources[0].Type);
        foreach (var source in sources.Where(source => !ItemOf(source.Type).Equals(itemType)))
        {
            throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", source.Name, $"{itemType}", $"{source.Type}");
        }
        int[] indices = [.. sources.Select(source => source.Index)];
        if (sources is [{ Type: VectorDataViewType } only])
        {
            return [new(new(_name, only.Type, only.Annotations), indices, row => (Call(nameof(Identity), row, indices), null))];
        }
        var isKnownSize = sources.All(source => source.Type is not VectorDataViewType { IsKnownSize: false });
        var size = isKnownSize ? sources.Sum(SizeOf) : 0;
        var isNamed = isKnownSize && sources.Any(source => source.Type is not VectorDataViewType || source.HasSlotNames());
        var annotations = isNamed ? SchemaAnnotationsExtensions.OfSlotNames([.. sources.SelectMany(SlotNamesOf)]) : null;
        var type = new VectorDataViewType((PrimitiveDataViewType)itemType, size);
        return [new(new(_name, type, annotations), indices, row => (Call(nameof(Concatenation), row, indices), null))];

        Delegate Call(string method, DataViewRow row, int[] columns) =>
            Generic.Call<Delegate>(typeof(ColumnConcatenatingTransformer), method, [itemType.RawType], row, columns);
    }

    private static DataViewType ItemOf(DataViewType type) => (type as VectorDataViewType)?.ItemType ?? type;

    private static int SizeOf(DataViewSchema.Column column) => (column.Type as VectorDataViewType)?.Size ?? 1;

    private static IEnumerable<string> SlotNamesOf(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType) { return [column.Name]; }
        if (!column.HasSlotNames()) { return Enumerable.Repeat("", SizeOf(column)); }
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.IsEmpty ? "" : $"{column.Name}.{name}");
    }

    private static ValueGetter<VBuffer<T>> Identity<T>(DataViewRow row, int[] columns) => row.GetGetter<VBuffer<T>>(row.Schema[columns[0]]);

    private static ValueGetter<VBuffer<T>> Concatenation<T>(DataViewRow row, int[] columns)
    {
        var getters = columns.Select(index => row.Schema[index].Type is VectorDataViewType
            ? row.GetGetter<VBuffer<T>>(row.Schema[index])
            : Scalar(row.GetGetter<T>(row.Schema[index]))).ToArray();
        var parts = new VBuffer<T>[columns.Length];
        return (ref VBuffer<T> value) =>
        {
            for (var i = 0; i < parts.Length; i++)
            {
                getters[i](ref parts[i]);
                var column = row.Schema[columns[i]];
                Contracts.Check(column.Type is not VectorDataViewType { IsKnownSize: true } || SizeOf(column) == parts[i].Length,
                    $"Column '{column.Name}': expected {SizeOf(column)} slots, but got {parts[i].Length}");
            }
            var editor = VBufferEditor.Create(ref value, parts.Sum(part => part.Length));
            var at = 0;
            foreach (var part in parts)
            {
                part.CopyTo(editor.Values, at);
                at += part.Length;
            }
            value = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<T>> Scalar<T>(ValueGetter<T> getter) => (ref VBuffer<T> value) =>
    {
        var editor = VBufferEditor.Create(ref value, 1);
        getter(ref editor.Values[0]);
        value = editor.Commit();
    };
}
