using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Rows;

/// <summary>A type that an input column may have.</summary>
/// <param name="Text">The type in ML.NET's words, for messages.</param>
/// <param name="Accepts">Whether a column is of this form.</param>
internal sealed record ColumnForm(string Text, Func<ColumnShape, bool> Accepts)
{
    public static ColumnForm Image { get; } = new("Image", c => !c.IsVector && c.ItemType is ImageDataViewType);

    public static ColumnForm String { get; } = new("String", c => !c.IsVector && c.ItemType is TextDataViewType);

    public static ColumnForm Bytes { get; } = new("Vector<Byte>", c => c.IsVector && NumberDataViewType.Byte.Equals(c.ItemType));

    public static ColumnForm Depth { get; } = new("DepthMap", c => !c.IsVector && c.ItemType is DepthMapDataViewType);

    public static ColumnForm Single { get; } = new("Single", c => !c.IsVector && IsSingle(c));

    /// <summary>A number in the wrapping that graph outputs come in.</summary>
    public static ColumnForm SingleInVector { get; } = new("Vector<Single, 1>", c => IsSingle(c) && c.HasDimensions(d => d.IsEmpty));

    /// <summary>Float32 vectors of exactly these dimensions; leading ones do not count.</summary>
    public static ColumnForm Singles(params int[] dimensions) =>
        new($"Vector<Single, {string.Join(", ", dimensions)}>", c => IsSingle(c) && c.HasDimensions(d => d.AsSpan().SequenceEqual(dimensions)));

    public static bool IsSingle(ColumnShape column) => NumberDataViewType.Single.Equals(column.ItemType);
}
