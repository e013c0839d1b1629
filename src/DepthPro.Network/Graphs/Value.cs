namespace DepthPro.Network.Graphs;

/// <summary>An edge of a graph: a float32 tensor that has a shape and, until a runtime computes it, no data. Not thread-safe, as its graph is not.</summary>
public class Value
{
    internal Value(Graph graph, string name, Shape shape) => (Graph, Name, Shape) = (graph, name, shape);

    /// <summary>The graph it belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>Its name in the graph, unique there.</summary>
    public string Name { get; internal set; }

    /// <summary>Its dimensions.</summary>
    public Shape Shape { get; }

    /// <summary>The second dimension of an (N, C, H, W) map.</summary>
    public int Channels => Shape[1];

    /// <summary>Element-wise sum, broadcast as NumPy does.</summary>
    public static Value operator +(Value left, Value right) => Elementwise("Add", left, right);

    /// <summary>Element-wise product, broadcast as NumPy does.</summary>
    public static Value operator *(Value left, Value right) => Elementwise("Mul", left, right);

    /// <summary>Every element times a number.</summary>
    public static Value operator *(Value left, float right) => left * left.Graph.Constant(right);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";

    /// <summary>The shape of an element-wise operation's result.</summary>
    internal static Shape Broadcast(string op, Value left, Value right)
    {
        var rank = Math.Max(left.Shape.Length, right.Shape.Length);
        var shape = new int[rank];
        for (var i = 1; i <= rank; i++)
        {
            var (m, n) = (i <= left.Shape.Length ? left.Shape[^i] : 1, i <= right.Shape.Length ? right.Shape[^i] : 1);
            shape[^i] = m == n || n == 1 ? m : m == 1 ? n : throw new ArgumentException($"{op}: {left} and {right} do not broadcast.");
        }
        return shape;
    }

    private static Value Elementwise(string op, Value left, Value right) => left.Graph.Emit(op, Broadcast(op, left, right), [left, right]);
}

/// <summary>A tensor of the checkpoint, by the checkpoint's name for it. Not thread-safe, as its graph is not.</summary>
public sealed class Parameter : Value
{
    internal Parameter(Graph graph, string path, Shape shape, bool transposed) : base(graph, path, transposed ? new(shape[1], shape[0]) : shape)
        => (Path, CheckpointShape, Transposed) = (path, shape, transposed);

    /// <summary>Its name in the checkpoint.</summary>
    public string Path { get; }

    /// <summary>Its dimensions in the checkpoint.</summary>
    public Shape CheckpointShape { get; }

    /// <summary>Whether the graph reads the matrix transposed: a linear layer's weight, which PyTorch stores (out, in).</summary>
    public bool Transposed { get; }
}

/// <summary>Numbers known when the graph is built: <see cref="Integers"/> or <see cref="Floats"/>. Not thread-safe, as its graph is not.</summary>
public sealed class Constant : Value
{
    internal Constant(Graph graph, string name, long[] integers) : base(graph, name, new(integers.Length)) => Integers = integers;

    internal Constant(Graph graph, string name, float[] floats) : base(graph, name, new(floats.Length)) => Floats = floats;

    /// <summary>The values of an int64 constant, such as a target shape.</summary>
    public IReadOnlyList<long>? Integers { get; }

    /// <summary>The values of a float32 constant.</summary>
    public IReadOnlyList<float>? Floats { get; }
}
