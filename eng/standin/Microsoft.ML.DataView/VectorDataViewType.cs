using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>A vector of primitives; a dimension of 0 is unknown, and so is then the size.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) : this(itemType, [size], nameof(size)) { }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : this(itemType, [.. dimensions ?? []], nameof(dimensions)) { }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions) : this(itemType, dimensions, nameof(dimensions)) { }

    private VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions, string parameter)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        ArgumentChecks.Param(dimensions.Length > 0 && dimensions.All(d => d >= 0), parameter);
        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (size, dimension) => checked(size * dimension));
    }

    public PrimitiveDataViewType ItemType { get; }
    public ImmutableArray<int> Dimensions { get; }
    public int Size { get; }
    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType other) => other == this
        || (other is VectorDataViewType vector && ItemType.Equals(vector.ItemType) && Dimensions.SequenceEqual(vector.Dimensions));

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => Dimensions.Aggregate(ItemType.GetHashCode(), HashCode.Combine);

    public override string ToString()
    {
        var dimensions = Dimensions.Length == 1
            ? Dimensions.Where(d => d > 0).Select(d => $"{d}")
            : Dimensions.Select(d => d > 0 ? $"{d}" : "*");
        return $"Vector<{string.Join(", ", dimensions.Prepend($"{ItemType}"))}>";
    }
}
