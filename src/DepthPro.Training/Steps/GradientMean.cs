using System.Numerics;

namespace DepthPro.Training;

/// <summary>Gathers the mean of the shards' gradients, window by window, and its norm. Not thread-safe.</summary>
/// <remarks>The same gradients give the same bits, however many shards run at once: the shards are summed in their order, a window sums its squares in one order wherever it lies in memory, and so do
/// the windows.</remarks>
internal sealed class GradientMean(ParameterMemory memory, int shards)
{
    private readonly List<Range> _windows = [.. memory.Groups.SelectMany(ParameterMemory.Windows)];

    /// <summary>The mean's norm, once all shards were added; not finite if a gradient is not.</summary>
    public float Norm { get; private set; }

    /// <summary>Adds the gradients of shards that ran at once.</summary>
    /// <param name="first">The first of them; 0 begins anew.</param>
    /// <param name="count">How many they are.</param>
    public void Add(int first, int count)
    {
        var squares = new double[_windows.Count];
        SharedWork.Do(memory.ShardGradients.Count, squares.Length, window => squares[window] = Add(_windows[window], first, count));
        Norm = (float)Math.Sqrt(squares.Sum());
    }

    private double Add(Range window, int first, int count)
    {
        var (start, length) = window.GetOffsetAndLength(memory.Gradient.Length);
        var (squares, share) = (Vector<float>.Zero, first + count == shards ? 1f / shards : 1);
        for (var i = start; i < start + length; i += Vector<float>.Count) // a window is whole cache lines
        {
            var sum = new Vector<float>(first > 0 ? memory.Gradient : memory.ShardGradients[0], i);
            for (var shard = first > 0 ? 0 : 1; shard < count; shard++) { sum += new Vector<float>(memory.ShardGradients[shard], i); }
            sum *= share;
            sum.CopyTo(memory.Gradient, i);
            squares += sum * sum;
        }
        return Vector.Sum(squares);
    }
}
