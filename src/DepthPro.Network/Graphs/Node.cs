namespace DepthPro.Network.Graphs;

/// <summary>One operation. An absent optional input is null. Not thread-safe, as its graph is not.</summary>
/// <param name="Name">Unique in the graph; begins with the module it belongs to.</param>
/// <param name="Op">The ONNX operator.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Outputs">What it makes.</param>
/// <param name="Attributes">ONNX attributes: long, float, string or long[].</param>
public sealed record Node(string Name, string Op, IReadOnlyList<Value?> Inputs, IReadOnlyList<Value> Outputs, IReadOnlyList<(string Name, object Value)> Attributes)
{
    private const string OnnxRuntimeDomain = "com.microsoft";

    // Source: ONNX Runtime, docs/ContribOperators.md.
    private static readonly HashSet<string> OnnxRuntimeOperators = ["SkipLayerNormalization", "MultiHeadAttention", "DynamicQuantizeMatMul", "MatMulNBits"];

    /// <summary>The operator set that <see cref="Op"/> is of: ONNX's, "", or ONNX Runtime's own.</summary>
    public string Domain => OnnxRuntimeOperators.Contains(Op) ? OnnxRuntimeDomain : "";

    /// <summary>The first of its outputs, for most operators the only one.</summary>
    public Value Output => Outputs[0];
}
