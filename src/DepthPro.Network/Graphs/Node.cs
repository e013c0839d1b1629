namespace DepthPro.Network.Graphs;

/// <summary>One operation. An absent optional input is null. Not thread-safe, as its graph is not.</summary>
/// <param name="Name">Unique in the graph; begins with the module it belongs to.</param>
/// <param name="Op">The ONNX operator.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Output">What it makes.</param>
/// <param name="Attributes">ONNX attributes: long, float, string or long[].</param>
public sealed record Node(string Name, string Op, IReadOnlyList<Value?> Inputs, Value Output, IReadOnlyList<(string Name, object Value)> Attributes);
