using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The columns that a user's class stands for; names and types may be changed before it is used.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition() { }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName);
        set
        {
            Contracts.CheckValue(value, nameof(value));
            Contracts.CheckParam(value.ColumnName == columnName, nameof(columnName),
                $"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.");
            var index = FindIndex(column => column.ColumnName == columnName);
            if (index < 0) { Add(value); }
            else { this[index] = value; }
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Contracts.CheckValue(userType, nameof(userType));
        var definition = new SchemaDefinition();
        var names = new HashSet<string>();
        foreach (var member in MemberTypes.Of(userType, direction).Where(MemberTypes.IsColumn))
        {
            foreach (var attribute in member.GetCustomAttributes<DataViewTypeAttribute>()) { attribute.Register(); }
            var name = MemberTypes.ColumnNameOf(member);
            Contracts.CheckParam(names.Add(name), nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new(member.Name, TypeOf(member), name));
        }
        return definition;
    }

    /// <summary>The columns of a class that takes on a given schema: its members must cover it.</summary>
    internal static SchemaDefinition Create(Type userType, DataViewSchema schema, IExceptionContext ectx)
    {
        var definition = Create(userType, Direction.Read);
        foreach (var column in schema)
        {
            var member = definition[column.Name] ?? throw ectx.Except($"Type should contain a member named {column.Name}");
            member.ColumnType = column.Type;
            member.Annotations = column.Annotations;
        }
        return definition;
    }

    private static DataViewType TypeOf(MemberInfo member)
    {
        var (item, isVector) = MemberTypes.KnownItemOf(member);
        var attributes = member.GetCustomAttributes();
        if (DataViewTypeManager.Knows(item, attributes)) { return DataViewTypeManager.GetDataViewType(item, attributes); }
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        Contracts.CheckParam(isVector || vector is null, "userType",
            $"Member {member.Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
        var itemType = MemberTypes.PrimitiveOrNull(item);
        return !isVector ? itemType : vector?.Dims is { Length: > 0 } dims ? new VectorDataViewType(itemType, dims) : new VectorDataViewType(itemType);
    }

    public sealed class Column
    {
        internal Column(string memberName, DataViewType columnType, string columnName) =>
            (MemberName, ColumnType, ColumnName) = (memberName, columnType, columnName);

        public string MemberName { get; }
        public string ColumnName { get; set; }
        public DataViewType ColumnType { get; set; }
        public DataViewSchema.Annotations Annotations { get; internal set; } = DataViewSchema.Annotations.Empty;
    }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }
}
