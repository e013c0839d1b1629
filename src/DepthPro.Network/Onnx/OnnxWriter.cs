using System.Runtime.InteropServices;
using DepthPro.Network.Graphs;

namespace DepthPro.Network.Onnx;

/// <summary>Writes a graph as an ONNX model: standard operators of opset 20 and, if its form has them, ONNX Runtime's own. Safe from several threads for different outputs.</summary>
/// <remarks>Source: onnx/onnx.proto3 for the field numbers. Weights are streamed: no more than a layer's tensors, or those of layers that are merged, are in memory unless they are put into the model.</remarks>
public static class OnnxWriter
{
    private const int IrVersion = 9, Opset = 20;      // opset 20, the first with Gelu, came with IR version 9
    private const int OnnxRuntimeOpset = 1;           // of com.microsoft, which has had no other

    /// <summary>Writes a model whose weights are inside; for small networks (protobuf ends at 2 GiB).</summary>
    public static void Write(Graph graph, Stream model, ParameterReader read, WeightPrecision precision = WeightPrecision.Float32)
        => Write(graph, model, new WeightWriter(read, precision, external: null));

    /// <summary>Writes a model whose weights are in a data file beside it.</summary>
    /// <param name="graph">What to write.</param>
    /// <param name="model">The .onnx file.</param>
    /// <param name="data">The data file.</param>
    /// <param name="dataName">The data file's name, without a folder.</param>
    /// <param name="read">Where the weights come from.</param>
    /// <param name="precision">How they are stored.</param>
    public static void Write(Graph graph, Stream model, Stream data, string dataName, ParameterReader read, WeightPrecision precision = WeightPrecision.Float32)
        => Write(graph, model, new WeightWriter(read, precision, (data, dataName)));

    /// <summary>Writes a model without weights, which takes its parameters as inputs, named by their paths and laid out as the graph reads them; so that they may change from run to run.</summary>
    /// <exception cref="ArgumentException">The graph has weights that are computed from others, as in merged layers, or integers.</exception>
    public static void WriteWithoutWeights(Graph graph, Stream model) => Write(graph, model, weights: null);

    /// <summary>What a tensor is called in float16; in float32 it has its own name.</summary>
    internal static string HalfName(string tensor) => $"{tensor}.float16";

    private static void Write(Graph graph, Stream model, WeightWriter? weights)
    {
        if (graph.Form.QuantizedLayers != (weights?.Precision == WeightPrecision.Int8))
        {
            throw new ArgumentException($"Graph '{graph.Name}' {(graph.Form.QuantizedLayers ? "multiplies" : "does not multiply")} integers and its weights are to be {weights?.Precision.ToString() ?? "inputs"}; expected {nameof(WeightPrecision.Int8)} for a graph of {nameof(GraphForm)}.{nameof(GraphForm.QuantizedLayers)}, and for no other.", nameof(graph));
        }
        if (graph.Form.WeightOnlyBits != (weights?.Precision.WeightOnlyBits ?? 0))
        {
            throw new ArgumentException($"Graph '{graph.Name}' has {nameof(GraphForm)}.{nameof(GraphForm.WeightOnlyBits)} {graph.Form.WeightOnlyBits} and its weights are to be {weights?.Precision.ToString() ?? "inputs"}; expected 4 for {nameof(WeightPrecision.Int4WeightOnly)}, 8 for {nameof(WeightPrecision.Int8WeightOnly)}, else 0.", nameof(graph));
        }
        var message = new OnnxMessage();
        var halves = weights?.Precision == WeightPrecision.Float16Compute ? new HalfArithmetic(graph) : null;
        foreach (var parameter in graph.StoredParameters)
        {
            if (weights is null)
            {
                message.Message(11, ValueMessage(parameter));
                continue;
            }
            if (graph.ScaleOf(parameter) is { } scale)
            {
                var (integers, scales) = weights.QuantizedInitializers(parameter, scale);
                message.Message(5, integers).Message(5, scales);
                continue;
            }
            if (weights.DataType == ElementType.Float32)
            {
                message.Message(5, weights.Initializer(parameter.Name, parameter));
                continue;
            }
            var stored = HalfName(parameter.Name);
            message.Message(5, weights.Initializer(stored, parameter));
            if (halves is null) { message.Message(1, CastMessage(parameter, toHalf: false)); } // else where float32 is needed
        }
        foreach (var derived in graph.DerivedParameters)
        {
            if (weights is null) { throw new ArgumentException($"Graph '{graph.Name}' has weights that are computed from others, and its weights are to be inputs; expected a graph of {nameof(GraphForm)}.{nameof(GraphForm.Plain)}.", nameof(graph)); }
            if (graph.ScaleOf(derived) is { } scale)
            {
                var (integers, scales) = weights.QuantizedInitializers(derived, scale);
                message.Message(5, integers).Message(5, scales);
                continue;
            }
            message.Message(5, weights.Initializer(halves is null ? derived.Name : HalfName(derived.Name), derived));
        }
        foreach (var node in graph.Nodes)
        {
            foreach (var (value, toHalf) in halves?.CastsBefore(node) ?? []) { message.Message(1, CastMessage(value, toHalf)); }
            message.Message(1, NodeMessage(node, halves));
        }
        message.Text(2, graph.Name);
        foreach (var constant in graph.Constants)
        {
            if (halves?.IsReadAs(constant, half: false) ?? true) { message.Message(5, ConstantMessage(constant)); }
            if (halves?.IsReadAs(constant, half: true) ?? false) { message.Message(5, HalfConstantMessage(constant)); }
        }
        foreach (var input in graph.Inputs) { message.Message(11, ValueMessage(input)); }
        foreach (var output in graph.Outputs) { message.Message(12, ValueMessage(output)); }
        var file = new OnnxMessage().Integer(1, IrVersion).Text(2, "DepthPro.MLNet").Message(7, message);
        foreach (var domain in graph.Nodes.Select(node => node.Domain).Append("").Distinct().Order(StringComparer.Ordinal))
        {
            file.Message(8, new OnnxMessage().Text(1, domain).Integer(2, domain.Length == 0 ? Opset : OnnxRuntimeOpset));
        }
        file.WriteTo(model);
    }

    private static OnnxMessage NodeMessage(Node node, HalfArithmetic? halves)
    {
        var message = new OnnxMessage();
        foreach (var input in node.Inputs) { message.Text(1, input is null ? "" : halves?.ReadsHalf(node, input) ?? false ? HalfName(input.Name) : input.Name); }
        foreach (var output in node.Outputs) { message.Text(2, output.Name.Length > 0 && (halves?.IsHalf(node) ?? false) ? HalfName(output.Name) : output.Name); }
        message.Text(3, node.Name).Text(4, node.Op);
        foreach (var (name, value) in node.Attributes) { message.Message(5, Attribute(name, value)); }
        return node.Domain.Length == 0 ? message : message.Text(7, node.Domain);
    }

    private static OnnxMessage CastMessage(Value value, bool toHalf)
    {
        var (half, single) = (HalfName(value.Name), value.Name);
        return new OnnxMessage().Text(1, toHalf ? single : half).Text(2, toHalf ? half : single).Text(3, $"{single}/Cast").Text(4, "Cast").Message(5, Attribute("to", (long)(toHalf ? ElementType.Float16 : ElementType.Float32)));
    }

    private static OnnxMessage Attribute(string name, object value)
    {
        var message = new OnnxMessage().Text(1, name);
        return value switch // the second field is AttributeProto.AttributeType
        {
            float number => message.Single(2, number).Integer(20, 1),
            long number => message.Integer(3, number).Integer(20, 2),
            string text => message.Text(4, text).Integer(20, 3),
            long[] numbers => numbers.Aggregate(message, (m, number) => m.Integer(8, number)).Integer(20, 7),
            _ => throw new ArgumentException($"Attribute '{name}' is a {value.GetType().Name}; expected long, float, string or long[]."),
        };
    }

    private static OnnxMessage ConstantMessage(Constant constant)
    {
        var message = new OnnxMessage().Integer(1, constant.Shape[0]).Text(8, constant.Name);
        return constant.Integers is { } integers
            ? message.Integer(2, (long)ElementType.Int64).Bytes(9, MemoryMarshal.AsBytes([.. integers]))
            : message.Integer(2, (long)ElementType.Float32).Bytes(9, MemoryMarshal.AsBytes([.. constant.Floats ?? []]));
    }

    private static OnnxMessage HalfConstantMessage(Constant constant)
        => new OnnxMessage().Integer(1, constant.Shape[0]).Text(8, HalfName(constant.Name)).Integer(2, (long)ElementType.Float16).Bytes(9, MemoryMarshal.AsBytes<Half>([.. (constant.Floats ?? []).Select(value => (Half)value)]));

    private static OnnxMessage ValueMessage(Value value)
    {
        var shape = new OnnxMessage();
        foreach (var d in value.Shape.ToArray())
        {
            shape.Message(1, d == Shape.AnyCount ? new OnnxMessage().Text(2, "n") : new OnnxMessage().Integer(1, d));
        }
        var type = new OnnxMessage().Message(1, new OnnxMessage().Integer(1, (long)ElementType.Float32).Message(2, shape));
        return new OnnxMessage().Text(1, value.Name).Message(2, type);
    }
}
