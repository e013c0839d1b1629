using DepthPro.Network.Graphs;

namespace DepthPro.Network.Onnx;

/// <summary>Which operations of a graph compute in float16, and where tensors are cast between them and those that stay in float32. Not thread-safe.</summary>
/// <remarks>
/// <para>In float32 stay the norms and the sums that they read, so a vision transformer's residual stream: ONNX Runtime's SkipLayerNormalization, which it also makes of a sum and a norm by itself, adds up
/// float16 in float16 on CUDA unless told not to (contrib_ops/cuda/bert/skip_layer_norm_impl.cu; the provider's option enable_skip_layer_norm_strict_mode), and the stream is where values grow largest.
/// Resize, too, so that pixels are rounded once. And each output from its last layer on.</para>
/// <para>The rest is float16 between operations and float32 within, on CUDA: products (core/providers/cuda/cuda_common.h, HalfGemmOptions) and Softmax (core/providers/cuda/math/softmax.cc, AccumulateType).
/// Queries are scaled before their product with keys, so that scores stay small; fused attention scales float32 sums (contrib_ops/cuda/bert/flash_attention), where a GPU has it.</para>
/// </remarks>
internal sealed class HalfArithmetic
{
    private static readonly HashSet<string> Norms = ["LayerNormalization", "SkipLayerNormalization"];

    private readonly HashSet<Node> _single = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(Value Value, bool Half)> _there = []; // the forms that tensors have so far

    /// <param name="graph">A graph that multiplies no integers.</param>
    public HalfArithmetic(Graph graph)
    {
        var makers = graph.Nodes.SelectMany(node => node.Outputs.Select(output => (output, node))).ToDictionary(made => made.output, made => made.node);
        foreach (var node in graph.Nodes)
        {
            if (node.Op == "Resize" || Norms.Contains(node.Op)) { _single.Add(node); }
            if (!Norms.Contains(node.Op)) { continue; }
            foreach (var sum in node.Inputs.OfType<Value>().Select(input => makers.GetValueOrDefault(input)).Where(maker => maker?.Op == "Add").OfType<Node>()) { _single.Add(sum); }
        }
        foreach (var output in graph.Outputs) { KeepLastLayer(output, makers); }

        _there.UnionWith(graph.Inputs.Select(input => (input, false)));
        _there.UnionWith(graph.Parameters.Select(parameter => ((Value)parameter, true)));
        _there.UnionWith(graph.DerivedParameters.Select(parameter => ((Value)parameter, true)));
    }

    /// <summary>Whether an operation computes in float16.</summary>
    public bool IsHalf(Node node) => !_single.Contains(node);

    /// <summary>Whether an operation reads a tensor in float16.</summary>
    public bool ReadsHalf(Node node, Value input) => IsHalf(node) && input is not Constant { Integers: not null };

    /// <summary>The casts that an operation needs before it and that are not there yet; to be asked of each operation once, in order.</summary>
    public IReadOnlyList<(Value Value, bool ToHalf)> CastsBefore(Node node)
    {
        var casts = node.Inputs.OfType<Value>().Select(input => (Value: input, Half: ReadsHalf(node, input))).Where(form => _there.Add(form) && form.Value is not Constant).ToList();
        _there.UnionWith(node.Outputs.Select(output => (output, IsHalf(node))));
        return casts;
    }

    /// <summary>Whether an operation of those asked about so far reads a constant in this form.</summary>
    public bool IsReadAs(Constant constant, bool half) => _there.Contains((constant, half));

    // Back from an output to the first operations that read weights.
    private void KeepLastLayer(Value value, Dictionary<Value, Node> makers)
    {
        if (!makers.TryGetValue(value, out var node) || !_single.Add(node) || node.Inputs.Any(input => input is Parameter or DerivedParameter)) { return; }
        foreach (var input in node.Inputs.OfType<Value>()) { KeepLastLayer(input, makers); }
    }
}
