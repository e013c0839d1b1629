namespace DepthPro.Network.Graphs;

/// <summary>A tensor computed from tensors of the checkpoint when a model is written. Not thread-safe, as its graph is not.</summary>
internal sealed class DerivedParameter : Value
{
    /// <param name="graph">Its graph.</param>
    /// <param name="name">Its name in the graph.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="sources">What it is computed from.</param>
    /// <param name="compute">Their values, in C order as in the checkpoint, to its own.</param>
    public DerivedParameter(Graph graph, string name, Shape shape, IReadOnlyList<Parameter> sources, Func<IReadOnlyList<float[]>, float[]> compute) : base(graph, name, shape)
        => (Sources, Compute) = (sources, compute);

    public IReadOnlyList<Parameter> Sources { get; }

    public Func<IReadOnlyList<float[]>, float[]> Compute { get; }
}
