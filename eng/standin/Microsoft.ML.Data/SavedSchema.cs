using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The input schema in a saved model: columns of primitives and vectors. Others, such as images, are left out; annotations too.</summary>
internal static class SavedSchema
{
    private const string EntryName = "Schema";

    private static PrimitiveDataViewType[] Primitives => [TextDataViewType.Instance, BooleanDataViewType.Instance, .. NumberDataViewType.All];

    public static void Write(IHostEnvironment env, RepositoryWriter repository, DataViewSchema schema)
    {
        using var channel = env.Start("Saving Schema");
        var columns = new List<DataViewSchema.Column>();
        foreach (var column in schema)
        {
            if (column.Type.IsCacheable()) { columns.Add(column); }
            else { channel.Info(MessageSensitivity.Schema, "The column '{0}' will not be written as it has unsavable column type.", column.Name); }
        }
        channel.Check(columns.Count > 0, "No valid columns to save");
        repository.Write(null, EntryName, stream =>
        {
            using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            writer.Write(columns.Count);
            foreach (var column in columns)
            {
                var vector = column.Type as VectorDataViewType;
                writer.Write(column.Name);
                writer.Write($"{vector?.ItemType ?? column.Type}");
                writer.Write(vector?.Dimensions.Length ?? -1);
                foreach (var dimension in vector?.Dimensions ?? []) { writer.Write(dimension); }
            }
        });
    }

    public static DataViewSchema ReadOrNull(RepositoryReader repository)
    {
        if (repository.ReadOrNull(null, EntryName) is not { } stream) { return null; }
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        var schema = new DataViewSchema.Builder();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var name = reader.ReadString();
            var itemName = reader.ReadString();
            var itemType = Primitives.First(primitive => $"{primitive}" == itemName);
            var rank = reader.ReadInt32();
            schema.AddColumn(name, rank < 0 ? itemType : new VectorDataViewType(itemType, ReadDimensions(reader, rank)));
        }
        return schema.ToSchema();
    }

    private static int[] ReadDimensions(BinaryReader reader, int rank) => [.. Enumerable.Range(0, rank).Select(_ => reader.ReadInt32())];
}
