using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;

namespace DepthPro.Network.Tests.Onnx;

/// <summary>An operation of a written model, with the TensorProto.DataType of what it reads (0: an input left out) and makes.</summary>
internal sealed record WrittenNode(string Name, string Op, string Domain, IReadOnlyList<int> Inputs, int Output);

/// <summary>What a written model holds, read back from its bytes.</summary>
internal sealed record WrittenModel(IReadOnlyDictionary<string, int> Opsets, IReadOnlyDictionary<string, int> Initializers, IReadOnlyList<WrittenNode> Nodes)
{
    public const int Float = 1, UInt8 = 2, Int64 = 7, Half = 10; // TensorProto.DataType

    public static WrittenModel Of(Graph graph, WeightPrecision precision, ParameterReader? read = null)
    {
        using var model = new MemoryStream();
        OnnxWriter.Write(graph, model, read ?? ((_, values) => values.Clear()), precision);
        return Read(model, graph);
    }

    // Field numbers: onnx/onnx.proto3.
    private static WrittenModel Read(MemoryStream model, Graph graph)
    {
        var reader = new ProtobufReader(model);
        var (opsets, initializers, types, nodes) = (new Dictionary<string, int>(), new Dictionary<string, int>(), graph.Inputs.ToDictionary(input => input.Name, _ => Float), new List<WrittenNode>());
        var fields = reader.Fields(0, model.Length);
        string Text(List<ProtobufField> of, int number) => of.Where(f => f.Number == number).Select(reader.Text).LastOrDefault("");
        foreach (var opset in fields.Where(f => f.Number == 8).Select(reader.Fields)) { opsets[Text(opset, 1)] = (int)opset.Single(f => f.Number == 2).Value; }
        var members = reader.Fields(fields.Single(f => f.Number == 7));
        foreach (var tensor in members.Where(f => f.Number == 5).Select(reader.Fields)) { initializers[Text(tensor, 8)] = types[Text(tensor, 8)] = (int)tensor.Single(f => f.Number == 2).Value; }
        foreach (var node in members.Where(f => f.Number == 1).Select(reader.Fields))
        {
            List<int> inputs = [.. node.Where(f => f.Number == 1).Select(reader.Text).Select(name => name.Length == 0 ? 0 : types[name])];
            var to = node.Where(f => f.Number == 5).Select(reader.Fields).Where(a => Text(a, 1) == "to").Select(a => (int)a.Single(f => f.Number == 3).Value);
            var output = Text(node, 4) == "Cast" ? to.Single() : inputs[0];
            foreach (var name in node.Where(f => f.Number == 2).Select(reader.Text)) { types[name] = output; }
            nodes.Add(new(Text(node, 3), Text(node, 4), Text(node, 7), inputs, output));
        }
        Assert.All(graph.Outputs, output => Assert.Equal(Float, types[output.Name]));
        return new(opsets, initializers, nodes);
    }
}
