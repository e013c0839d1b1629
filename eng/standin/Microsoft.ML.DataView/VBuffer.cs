using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>A vector, dense or sparse, over arrays that a getter may fill again.</summary>
public readonly struct VBuffer<T> : IEnumerable
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public readonly int Length;

    public VBuffer(int length, T[] values, int[] indices = null) : this(length, length, values, indices) { }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        ArgumentChecks.Param(length >= 0, nameof(length));
        ArgumentChecks.Param(0 <= count && count <= length, nameof(count));
        ArgumentChecks.Param((values?.Length ?? 0) >= count, nameof(values));
        ArgumentChecks.Param(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        (Length, _count, _values, _indices) = (length, count, values, indices);
    }

    public bool IsDense => _count == Length;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        ArgumentChecks.Param(0 <= destinationIndex && destinationIndex <= destination.Length - Length, nameof(destination),
            "Not large enough to hold these values.");
        destination = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(destination);
            return;
        }
        destination.Fill(defaultValue);
        for (var i = 0; i < _count; i++) { destination[_indices[i]] = _values[i]; }
    }

    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        var at = 0;
        for (var i = 0; i < (all || IsDense ? Length : _count); i++)
        {
            if (IsDense) { yield return new(i, _values[i]); }
            else if (!all) { yield return new(_indices[i], _values[i]); }
            else { yield return new(i, at < _count && _indices[at] == i ? _values[at++] : default); }
        }
    }

    public IEnumerable<T> DenseValues() => Items(all: true).Select(item => item.Value);

    public T GetItemOrDefault(int index)
    {
        ArgumentChecks.Param(0 <= index && index < Length, nameof(index));
        if (IsDense) { return _values[index]; }
        var at = GetIndices().BinarySearch(index);
        return at < 0 ? default : _values[at];
    }

    public IEnumerator GetEnumerator() => _values.GetEnumerator();

    public override string ToString() => IsDense
        ? $"Dense vector of size {Length}"
        : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> Edit(int length, int? valuesCount, int? maxCapacity, bool keepOld, bool requireIndicesOnDense)
    {
        ArgumentChecks.Param(length >= 0, "newLogicalLength", "Must be non-negative.");
        ArgumentChecks.Param(valuesCount is null or >= 0, nameof(valuesCount), "If specified, must be non-negative.");
        ArgumentChecks.Param(valuesCount is null || valuesCount <= length, nameof(valuesCount),
            "If specified, must be no greater than newLogicalLength");
        var count = valuesCount ?? length;
        var (values, indices) = (_values, _indices);
        var createdValues = EnsureSize(ref values, count, maxCapacity, keepOld);
        var createdIndices = (count < length || requireIndicesOnDense) && EnsureSize(ref indices, count, maxCapacity, keepOld);
        return new(length, count, values, indices, requireIndicesOnDense, createdValues, createdIndices);
    }

    private static bool EnsureSize<TItem>(ref TItem[] array, int size, int? maxCapacity, bool keepOld)
    {
        if ((array?.Length ?? 0) >= size) { return false; }
        var grown = new TItem[Math.Max(size, Math.Min(2 * (array?.Length ?? 0), maxCapacity ?? int.MaxValue))];
        if (keepOld) { array?.CopyTo(grown, 0); }
        array = grown;
        return true;
    }
}
