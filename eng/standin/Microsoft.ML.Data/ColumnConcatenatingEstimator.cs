using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHost _host;
    private readonly string _name;
    private readonly string[] _sources;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, params string[] inputColumnNames)
    {
        _host = env.Register(nameof(ColumnConcatenatingEstimator));
        _host.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        _host.CheckValue(inputColumnNames, nameof(inputColumnNames));
        _host.CheckParam(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        _host.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        (_name, _sources) = (outputColumnName, inputColumnNames);
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new(_host, _name, _sources);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        SchemaShape.Column[] sources = [.. _sources.Select(source =>
            inputSchema.TryFindColumn(source, out var column) ? column : throw _host.ExceptSchemaMismatch(nameof(inputSchema), "input", source))];
        var itemType = sources[0].ItemType;
        foreach (var source in sources.Where(source => !source.ItemType.Equals(itemType)))
        {
            throw _host.Except($"Concatenated columns should have the same type. Column '{source.Name}' has type of {source.ItemType}, "
                + $"but expected column type is {itemType}.");
        }
        var kind = sources.Any(source => source.Kind == Kind.VariableVector) ? Kind.VariableVector : Kind.Vector;
        var isNamed = sources.Any(source => source.Kind == Kind.Scalar || source.Annotations.TryFindColumn(SchemaAnnotationsExtensions.SlotNames, out _));
        SchemaShape.Column[] annotations = isNamed ? [new(SchemaAnnotationsExtensions.SlotNames, Kind.Vector, TextDataViewType.Instance, false)] : [];
        var columns = inputSchema.ToDictionary(column => column.Name);
        columns[_name] = new(_name, kind, itemType, false, new(annotations));
        return new(columns.Values);
    }
}
