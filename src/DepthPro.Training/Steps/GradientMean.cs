using System.Numerics;

namespace DepthPro.Training;

/// <summary>The mean of the shards' gradients, put where the first shard's is, and its norm: in one pass, window by window. Not thread-safe.</summary>
/// <remarks>The same gradients give the same bits, however many threads take part: a window sums in one order, wherever it lies in memory, and so do the windows' sums.</remarks>
internal sealed class GradientMean(ParameterMemory memory)
{
    private readonly List<Range> _windows = [.. memory.Groups.SelectMany(ParameterMemory.Windows)];

    /// <summary>Replaces the first shard's gradient by the mean.</summary>
    /// <returns>Its norm; not finite if the gradient is not.</returns>
    public float Take(int threads)
    {
        var squares = new double[_windows.Count];
        SharedWork.Do(threads, squares.Length, window => squares[window] = Take(_windows[window]));
        return (float)Math.Sqrt(squares.Sum());
    }

    private double Take(Range window)
    {
        var (start, length) = window.GetOffsetAndLength(memory.Gradients[0].Length);
        var (squares, share) = (Vector<float>.Zero, 1f / memory.Gradients.Count);
        for (var i = start; i < start + length; i += Vector<float>.Count) // a window is whole cache lines
        {
            var mean = new Vector<float>(memory.Gradients[0], i);
            if (memory.Gradients.Count > 1)
            {
                for (var shard = 1; shard < memory.Gradients.Count; shard++) { mean += new Vector<float>(memory.Gradients[shard], i); }
                mean *= share;
                mean.CopyTo(memory.Gradients[0], i);
            }
            squares += mean * mean;
        }
        return Vector.Sum(squares);
    }
}
