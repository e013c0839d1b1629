using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>The names of a vector column's slots, where ML.NET looks for them.</summary>
internal static class SlotNames
{
    // The annotation's name in ML.NET, which keeps its constant internal; HasSlotNames and GetSlotNames read it.
    private const string Kind = "SlotNames";

    public static DataViewSchema.Annotations Annotate(IReadOnlyList<string> names)
    {
        var values = new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(name => name.AsMemory())]);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(Kind, new VectorDataViewType(TextDataViewType.Instance, names.Count), (ref VBuffer<ReadOnlyMemory<char>> slotNames) => values.CopyTo(ref slotNames));
        return builder.ToAnnotations();
    }
}
