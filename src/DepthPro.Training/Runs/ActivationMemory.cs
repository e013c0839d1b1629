using DepthPro.Network.Graphs;

namespace DepthPro.Training.Runs;

/// <summary>How much memory a graph's run takes for what lies between its ends, which are the caller's: operation after operation, each tensor from where it is made to where it is last read.
/// Thread-safe.</summary>
/// <remarks>As ONNX Runtime does on the CPU, a reshaped tensor stays where it is, and an element-wise result takes the place of an operand that nobody reads any more. Its order of the operations
/// counts: see <see cref="RunOrder"/>.</remarks>
internal static class ActivationMemory
{
    private static readonly HashSet<string> Aliases = ["Reshape"];

    private static readonly HashSet<string> InPlace = ["Abs", "Add", "Div", "Erf", "Exp", "Floor", "LeakyRelu", "Mul", "Reciprocal", "Relu", "Softmax", "Sqrt", "Sub"];

    /// <summary>The most bytes at a time.</summary>
    public static long PeakBytes(Graph graph)
    {
        var reads = graph.Nodes.SelectMany(node => node.Inputs.OfType<Value>()).CountBy(value => value).ToDictionary();
        var outside = new Memory(0);
        var places = graph.Inputs.Concat(graph.Parameters).Concat(graph.Constants).ToDictionary(value => value, _ => outside);
        var ends = graph.Outputs.ToHashSet();
        var (now, peak) = (0L, 0L);
        foreach (var node in RunOrder.Of(graph))
        {
            List<Memory> operands = [.. node.Inputs.OfType<Value>().Select(value => places[value])];
            foreach (var output in node.Outputs)
            {
                var bytes = sizeof(float) * output.Shape.Count;
                var place = ends.Contains(output) ? outside
                    : Aliases.Contains(node.Op) ? operands[0]
                    : InPlace.Contains(node.Op) ? operands.Find(operand => operand != outside && operand.Bytes == bytes && operand.Reads == operands.Count(other => other == operand)) : null;
                if (place is null)
                {
                    place = new(bytes);
                    now += bytes;
                }
                places[output] = place;
                place.Reads += reads.GetValueOrDefault(output);
            }
            peak = Math.Max(peak, now);
            foreach (var operand in operands)
            {
                if (--operand.Reads == 0 && operand != outside) { now -= operand.Bytes; }
            }
            foreach (var place in node.Outputs.Where(output => reads.GetValueOrDefault(output) == 0).Select(output => places[output]).Where(place => place != outside && place.Reads == 0)) { now -= place.Bytes; }
        }
        return peak;
    }

    /// <summary>Where one or more tensors lie, and how often they are still to be read.</summary>
    private sealed class Memory(long bytes)
    {
        public long Bytes => bytes;

        public int Reads { get; set; }
    }
}
