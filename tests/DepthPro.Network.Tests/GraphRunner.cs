using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Network.Tests;

/// <summary>Runs a graph in ONNX Runtime, any of its values being an output.</summary>
internal static class GraphRunner
{
    public static Dictionary<string, float[]> Run(Graph graph, ParameterReader read, WeightPrecision precision, params (string Name, float[] Values, int[] Shape)[] inputs)
    {
        using var model = new MemoryStream();
        OnnxWriter.Write(graph, model, read, precision);
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model.ToArray(), options);
        using var run = new RunOptions();
        var names = inputs.Select(i => i.Name).ToArray();
        var values = inputs.Select(i => OrtValue.CreateTensorValueFromMemory(i.Values, [.. i.Shape.Select(d => (long)d)])).ToArray();
        using var outputs = session.Run(run, names, values, session.OutputNames);
        var results = session.OutputNames.Zip(outputs).ToDictionary(o => o.First, o => o.Second.GetTensorDataAsSpan<float>().ToArray());
        foreach (var value in values) { value.Dispose(); }
        return results;
    }

    public static Dictionary<string, float[]> Run(Graph graph, ParameterReader read, params (string Name, float[] Values, int[] Shape)[] inputs)
        => Run(graph, read, WeightPrecision.Float32, inputs);
}
