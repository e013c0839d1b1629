using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Binds the members of a user's class to the columns of a schema, to fill objects from rows.</summary>
internal sealed class ObjectFiller<TRow> where TRow : class
{
    private readonly DataViewSchema _schema;
    private readonly List<(MemberColumn Member, DataViewSchema.Column Column)> _bound = [];

    public ObjectFiller(IExceptionContext ectx, DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        _schema = schema;
        if (definition is null) { CheckUnknownMembers(); }
        foreach (var member in MemberColumn.Of(typeof(TRow), definition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Write)))
        {
            if (schema.GetColumnOrNull(member.Name) is not { } column)
            {
                if (ignoreMissingColumns) { continue; }
                throw ectx.ExceptSchemaMismatch("Schema", "", member.Name);
            }
            var (item, isVector) = MemberTypes.ItemOf(member.Member);
            var vector = column.Type as VectorDataViewType;
            if (isVector != vector is not null || item != (vector?.ItemType ?? column.Type).RawType)
            {
                throw ectx.Except($"Can't bind the IDataView column '{member.Name}' of type '{column.Type}' to field or property "
                    + $"'{member.Member.Name}' of type '{member.MemberType.FullName}'.");
            }
            _bound.Add((member, column));
        }
    }

    public IEnumerable<DataViewSchema.Column> ColumnsNeeded => _bound.Select(bound => bound.Column).OrderBy(column => column.Index);

    /// <summary>What copies a row's values into an object: the current ones at the time of the call.</summary>
    public Action<TRow> Bind(DataViewRow row)
    {
        Action<TRow>[] setters = [.. _bound.Select(bound => MakeSetter(row, bound.Column, bound.Member))];
        return target =>
        {
            foreach (var setter in setters) { setter(target); }
        };
    }

    // A member of an unknown class passes here if it is the column's: its attribute registers it later.
    private void CheckUnknownMembers()
    {
        foreach (var member in MemberTypes.Of(typeof(TRow), SchemaDefinition.Direction.Write).Where(MemberTypes.IsColumn))
        {
            var (item, _) = MemberTypes.ItemOf(member);
            if (MemberTypes.IsKnown(member, item)) { continue; }
            var name = MemberTypes.ColumnNameOf(member);
            var expected = (_schema.GetColumnOrNull(name) ?? _schema[0]).Type.RawType; // the first, where there is none of the name: as in ML.NET
            Contracts.CheckParam(item == expected, "actualType", $"The expected type '{expected}' does not match the type of the "
                + $"'{name}' member: '{item}'. Please change the {name} member to '{expected}'");
        }
    }

    private static Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var type = member.MemberType;
        if (type == typeof(string)) { return Text(row, column, member); }
        if (type == typeof(string[])) { return TextVector(row, column, member); }
        var method = type.IsArray ? nameof(Array) : column.Type is VectorDataViewType ? nameof(Vector) : nameof(Value);
        var argument = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : type;
        return Generic.Call<Action<TRow>>(typeof(ObjectFiller<TRow>), method, [argument], row, column, member);
    }

    private static Action<TRow> Text(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var (getter, write) = (row.GetGetter<ReadOnlyMemory<char>>(column), MemberTypes.Writer<TRow, string>(member.Member));
        ReadOnlyMemory<char> value = default;
        return target =>
        {
            getter(ref value);
            write(target, value.ToString());
        };
    }

    private static Action<TRow> TextVector(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var (getter, write) = (row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column), MemberTypes.Writer<TRow, string[]>(member.Member));
        VBuffer<ReadOnlyMemory<char>> value = default;
        return target =>
        {
            getter(ref value);
            write(target, [.. value.DenseValues().Select(text => text.ToString())]);
        };
    }

    private static Action<TRow> Array<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var (read, write) = (MemberTypes.Reader<TRow, T[]>(member.Member), MemberTypes.Writer<TRow, T[]>(member.Member));
        VBuffer<T> value = default;
        return target =>
        {
            getter(ref value);
            var array = read(target); // an object used again keeps its array
            if (array?.Length != value.Length) { array = new T[value.Length]; }
            value.CopyTo(array);
            write(target, array);
        };
    }

    private static Action<TRow> Vector<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var (read, write) = (MemberTypes.Reader<TRow, VBuffer<T>>(member.Member), MemberTypes.Writer<TRow, VBuffer<T>>(member.Member));
        return target =>
        {
            var value = read(target);
            getter(ref value);
            write(target, value);
        };
    }

    // The last row's value is handed back to the getter, which may dispose it: LoadImages does.
    private static Action<TRow> Value<T>(DataViewRow row, DataViewSchema.Column column, MemberColumn member)
    {
        var (getter, write) = (row.GetGetter<T>(column), MemberTypes.Writer<TRow, T>(member.Member));
        T value = default;
        return target =>
        {
            getter(ref value);
            write(target, value);
        };
    }
}
