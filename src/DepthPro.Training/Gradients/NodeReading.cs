using DepthPro.Network.Graphs;

namespace DepthPro.Training.Gradients;

/// <summary>What an operation reads and how it is set. Thread-safe.</summary>
internal static class NodeReading
{
    extension(Node node)
    {
        /// <summary>An input that must be there.</summary>
        public Value Input(int input) => node.Inputs[input] ?? throw new InvalidOperationException($"{node.Op} '{node.Name}' has no input {input}.");

        /// <summary>An attribute that must be there.</summary>
        public T Attribute<T>(string name) => (T)node.Attributes.First(attribute => attribute.Name == name).Value;
    }
}
