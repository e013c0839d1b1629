using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Training.Tests;

/// <summary>Runs a graph in ONNX Runtime, its parameters being inputs.</summary>
internal static class FloatRunner
{
    public static Dictionary<string, double[]> Run(Graph graph, IReadOnlyDictionary<Value, double[]> given)
    {
        using var model = new MemoryStream();
        OnnxWriter.WriteWithoutWeights(graph, model);
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model.ToArray(), options);
        using var run = new RunOptions();
        string[] names = [.. given.Keys.Select(value => value.Name)];
        OrtValue[] values = [.. given.Select(g => OrtValue.CreateTensorValueFromMemory(g.Value.Select(x => (float)x).ToArray(), [.. g.Key.Shape.ToArray().Select(d => (long)d)]))];
        using var outputs = session.Run(run, names, values, session.OutputNames);
        foreach (var value in values) { value.Dispose(); }
        return session.OutputNames.Zip(outputs).ToDictionary(o => o.First, o => o.Second.GetTensorDataAsSpan<float>().ToArray().Select(x => (double)x).ToArray());
    }
}
