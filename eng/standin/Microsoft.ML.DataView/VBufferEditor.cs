namespace Microsoft.ML.Data;

public static class VBufferEditor
{
    public static VBufferEditor<T> Create<T>(scoped ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null,
        int? maxValuesCapacity = null, bool keepOldOnResize = false, bool requireIndicesOnDense = false) =>
        destination.Edit(newLogicalLength, valuesCount, maxValuesCapacity, keepOldOnResize, requireIndicesOnDense);

    public static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination) =>
        destination.Edit(destination.Length, destination.GetValues().Length, null, false, false);
}

/// <summary>Writes a vector into the arrays of an old one where they are long enough.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    public readonly Span<T> Values;
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool requireIndicesOnDense, bool createdValues, bool createdIndices)
    {
        (_length, _values, _indices, CreatedNewValues, CreatedNewIndices) = (length, values, indices, createdValues, createdIndices);
        Values = values.AsSpan(0, count);
        Indices = count < length || requireIndicesOnDense ? indices.AsSpan(0, count) : default;
    }

    public bool CreatedNewValues { get; }
    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        ArgumentChecks.Param(physicalValuesCount <= Values.Length, nameof(physicalValuesCount),
            "Updating physicalValuesCount during CommitTruncated cannot be greater than the original physicalValuesCount value used in Create.");
        return new(_length, physicalValuesCount, _values, _indices);
    }
}
