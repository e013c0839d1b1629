using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How fields and properties of a user's class become columns.</summary>
internal static class MemberTypes
{
    public static bool IsPrimitive(Type type) => PrimitiveOrNull(type) is not null;

    public static PrimitiveDataViewType PrimitiveOrNull(Type type) =>
        type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? TextDataViewType.Instance
        : type == typeof(bool) ? BooleanDataViewType.Instance
        : NumberDataViewType.All.FirstOrDefault(number => number.RawType == type);

    public static MemberInfo[] Of(Type userType, SchemaDefinition.Direction direction) =>
    [
        .. userType.GetFields(BindingFlags.Public | BindingFlags.Instance),
        .. userType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0
            && ((direction.HasFlag(SchemaDefinition.Direction.Read) && property.GetGetMethod() is not null)
                || (direction.HasFlag(SchemaDefinition.Direction.Write) && property.GetSetMethod() is not null))),
    ];

    public static bool IsColumn(MemberInfo member) =>
        TypeOf(member) != typeof(IChannel) && member.GetCustomAttribute<NoColumnAttribute>() is null;

    public static string ColumnNameOf(MemberInfo member) => member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;

    public static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The type of a column's items; text is ReadOnlyMemory{char}.</summary>
    public static (Type Item, bool IsVector) ItemOf(MemberInfo member)
    {
        var type = TypeOf(member);
        var item = type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>) ? type.GetGenericArguments()[0]
            : null;
        return (AsColumnType(item ?? type), item is not null);
    }

    /// <summary>As <see cref="ItemOf"/>, refusing what is neither a primitive nor registered.</summary>
    public static (Type Item, bool IsVector) KnownItemOf(MemberInfo member)
    {
        var (item, isVector) = ItemOf(member);
        return IsKnown(member, item) ? (item, isVector) : throw Contracts.ExceptParam("rawType",
            $"Could not determine an IDataView type and registered custom types for member {member.Name}");
    }

    public static bool IsKnown(MemberInfo member, Type item) => IsPrimitive(item) || DataViewTypeManager.Knows(item, member.GetCustomAttributes());

    public static Func<TRow, TValue> Reader<TRow, TValue>(MemberInfo member)
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, member), row).Compile();
    }

    public static Action<TRow, TValue> Writer<TRow, TValue>(MemberInfo member)
    {
        var (row, value) = (Expression.Parameter(typeof(TRow)), Expression.Parameter(typeof(TValue)));
        return Expression.Lambda<Action<TRow, TValue>>(Expression.Assign(Expression.MakeMemberAccess(row, member), value), row, value).Compile();
    }

    private static Type AsColumnType(Type type) => type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type;
}
