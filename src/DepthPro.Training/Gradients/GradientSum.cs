using DepthPro.Network.Graphs;
using static DepthPro.Network.Graphs.Ops;

namespace DepthPro.Training.Gradients;

/// <summary>The gradient by one tensor, gathered from everything that reads it.</summary>
internal sealed class GradientSum(Shape shape)
{
    private readonly List<Value> _whole = [];
    private readonly List<Window> _windows = [];

    /// <summary>Takes one reader's part, summed up where the reader had broadcast.</summary>
    public void Add(Value part, Node? madeBy)
    {
        if (part.Shape == shape && Window.Of(part, madeBy) is { } window) { _windows.Add(window); }
        else { _whole.Add(part.SumTo(shape)); }
    }

    /// <summary>The sum.</summary>
    public Value Total() => Joined().Concat(_whole).Aggregate((sum, part) => sum + part);

    // A tensor that was cut into pieces along one dimension, as patches and heads are, gets its pieces' gradients side by side instead of as a sum of
    // mostly empty tensors.
    private IEnumerable<Value> Joined()
    {
        foreach (var along in _windows.GroupBy(window => window.Axis))
        {
            var pieces = along.OrderBy(window => window.Start).ToList();
            if (pieces.Zip(pieces.Skip(1)).Any(pair => pair.First.End != pair.Second.Start))
            {
                foreach (var piece in pieces) { yield return piece.Padded; }
                continue;
            }
            var joined = Concat(along.Key, [.. pieces.Select(piece => piece.Content)]);
            var (before, after) = (pieces[0].Start, shape[along.Key] - pieces[^1].End);
            yield return before + after == 0 ? joined : joined.Pad(along.Key, before, after);
        }
    }

    /// <summary>A gradient that is zero but for a range of one dimension.</summary>
    private sealed record Window(Value Padded, Value Content, int Axis, int Start)
    {
        public int End => Start + Content.Shape[Axis];

        public static Window? Of(Value part, Node? madeBy)
        {
            if (madeBy is not { Op: "Pad", Inputs: [{ } content, Constant { Integers: { } pads }] }) { return null; }
            var rank = part.Shape.Length;
            return Enumerable.Range(0, rank).Where(axis => pads[axis] + pads[rank + axis] > 0).ToArray() is [var axis] ? new(part, content, axis, (int)pads[axis]) : null;
        }
    }
}
