using System.Globalization;

namespace DepthPro.Network.Graphs;

/// <summary>A place in the checkpoint: <c>weights["decoder"]["fusions"][0]</c> is <c>decoder.fusions.0</c>. Not thread-safe, as its graph is not.</summary>
public sealed record Weights(Graph Graph, string Path = "")
{
    /// <summary>A child by name.</summary>
    public Weights this[string child] => this with { Path = Path.Length == 0 ? child : $"{Path}.{child}" };

    /// <summary>A child by number.</summary>
    public Weights this[int child] => this[child.ToString(CultureInfo.InvariantCulture)];

    /// <summary>The tensor <paramref name="name"/> at this place, shaped as in the checkpoint.</summary>
    public Value Read(string name, params int[] shape) => ReadParameter(name, shape);

    /// <inheritdoc cref="Read"/>
    internal Parameter ReadParameter(string name, params int[] shape) => Graph.Parameter(this[name].Path, shape, transposed: false);

    /// <summary>The matrix <paramref name="name"/> at this place, (rows, columns) in the checkpoint, transposed.</summary>
    public Parameter ReadTransposed(string name, int rows, int columns) => Graph.Parameter(this[name].Path, new(rows, columns), transposed: true);

    /// <summary>Names the operations that follow after this place, until disposed.</summary>
    internal Graph.Scope Enter() => Graph.Enter(Path);
}
