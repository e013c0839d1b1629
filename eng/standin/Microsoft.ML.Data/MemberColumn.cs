using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A column and the member of a user's class that holds its values.</summary>
internal sealed record MemberColumn(string Name, DataViewType Type, MemberInfo Member, DataViewSchema.Annotations Annotations)
{
    public Type MemberType => MemberTypes.TypeOf(Member);

    public static MemberColumn[] Of(Type userType, SchemaDefinition definition) => [.. definition.Select(column => Of(userType, column))];

    public static DataViewSchema SchemaOf(IEnumerable<MemberColumn> columns)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns) { schema.AddColumn(column.Name, column.Type, column.Annotations); }
        return schema.ToSchema();
    }

    private static MemberColumn Of(Type userType, SchemaDefinition.Column column)
    {
        var member = userType.GetField(column.MemberName) ?? (MemberInfo)userType.GetProperty(column.MemberName)
            ?? throw Contracts.ExceptParam("userSchemaDefinition", $"No field or property with name '{column.MemberName}' found in type '{userType.FullName}'");
        var (item, isVector) = MemberTypes.KnownItemOf(member);
        var vector = column.ColumnType as VectorDataViewType;
        var name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        static string Kind(bool vector) => vector ? "vector" : "scalar";
        Contracts.CheckParam(isVector == vector is not null, "userSchemaDefinition",
            $"Column '{name}' is supposed to be {Kind(vector is not null)}, but type of associated field '{column.MemberName}' is {Kind(isVector)}");
        var itemType = vector?.ItemType ?? column.ColumnType;
        Contracts.CheckParam(itemType.RawType == item, "userSchemaDefinition",
            $"Column '{name}' is supposed to have item type {itemType.RawType}, but associated field has type {item}");
        return new(name, column.ColumnType, member, column.Annotations);
    }
}
