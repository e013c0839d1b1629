using DepthPro.Network.Graphs;

namespace DepthPro.Training.Gradients;

/// <summary>What a gradient rule sees: an operation, and the loss's gradient by its output.</summary>
internal readonly record struct Backward(Node Node, Value Dy)
{
    public Value X => this[0];

    public Value Y => Node.Output;

    public Graph Graph => Dy.Graph;

    public Value this[int input] => Node.Input(input);

    public T Attribute<T>(string name) => Node.Attribute<T>(name);

    /// <summary>An input that is a list of whole numbers known when the graph is built, such as the axes of a sum.</summary>
    public IReadOnlyList<long> Integers(int input)
        => (this[input] as Constant)?.Integers ?? throw new InvalidOperationException($"{Node.Op} '{Node.Name}' computes its input {input}; its gradient needs it constant.");
}
