using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Which class of the user's (with which attribute) goes with which column type, in this process.</summary>
public static class DataViewTypeManager
{
    private static readonly Lock _lock = new();
    private static readonly Dictionary<(Type, DataViewTypeAttribute), DataViewType> _types = [];
    private static readonly Dictionary<DataViewType, (Type Type, DataViewTypeAttribute Attribute)> _classes = [];

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute typeAttribute = null)
    {
        lock (_lock)
        {
            Contracts.CheckParam(!MemberTypes.IsPrimitive(type), nameof(type),
                $"Type {type} has been registered as ML.NET's default supported type, so it can't not be registered again.");
            if (_types.TryGetValue((type, typeAttribute), out var knownType) && !knownType.Equals(dataViewType))
            {
                throw Contracts.ExceptParam(nameof(type), $"Repeated type register. The raw type {type} has been associated with {knownType} "
                    + $"so it cannot be associated with {dataViewType}.");
            }
            if (_classes.TryGetValue(dataViewType, out var knownClass) && !knownClass.Equals((type, typeAttribute)))
            {
                throw Contracts.ExceptParam(nameof(dataViewType), $"Repeated type register. The DataView type {dataViewType} has been "
                    + $"associated with {knownClass.Type} so it cannot be associated with {type}.");
            }
            _types[(type, typeAttribute)] = dataViewType;
            _classes[dataViewType] = (type, typeAttribute);
        }
    }

    internal static bool Knows(DataViewType dataViewType)
    {
        lock (_lock) { return _classes.ContainsKey(dataViewType); }
    }

    internal static bool Knows(Type type, IEnumerable<Attribute> typeAttributes = null)
    {
        lock (_lock) { return _types.ContainsKey((type, Single(type, typeAttributes))); }
    }

    internal static DataViewType GetDataViewType(Type type, IEnumerable<Attribute> typeAttributes = null)
    {
        lock (_lock)
        {
            return _types.TryGetValue((type, Single(type, typeAttributes)), out var known)
                ? known
                : throw Contracts.ExceptParam(nameof(type), $"The raw type {type} with attributes {typeAttributes} is not registered with a DataView type.");
        }
    }

    private static DataViewTypeAttribute Single(Type type, IEnumerable<Attribute> attributes)
    {
        DataViewTypeAttribute[] custom = [.. attributes?.OfType<DataViewTypeAttribute>() ?? []];
        Contracts.CheckParam(custom.Length <= 1, nameof(type),
            $"Type {type.Name} cannot be marked with multiple attributes derived from {typeof(DataViewTypeAttribute)}.");
        return custom.FirstOrDefault();
    }
}
