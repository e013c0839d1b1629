using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using DepthPro.Scoring.Devices;
using DepthPro.Training.Gradients;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Training;

/// <summary>Clips the gradient and changes the parameters by Adam's rule, in a graph of its own, window by window. Not thread-safe.</summary>
internal sealed class AdamUpdate : IDisposable
{
    // torch.nn.utils.clip_grad_norm_ adds it to the norm.
    private const float NormEpsilon = 1e-6f;

    private readonly AdamOptions _options;
    private readonly int _threads;
    private readonly float[] _norm = new float[1], _rate = new float[1], _correction = new float[1];
    private readonly GradientMean _mean;
    private readonly InferenceSession _session;
    private readonly List<List<BoundRun>> _updates = [];

    public AdamUpdate(ParameterMemory memory, AdamOptions options, DeviceSession device)
    {
        (_options, _threads, _mean) = (options, memory.Gradients.Count, new(memory));
        _session = device.Open(Bytes(UpdateGraph(options)));
        foreach (var group in memory.Groups) { _updates.Add([.. ParameterMemory.Windows(group).Select(window => Update(memory, window))]); }
    }

    /// <summary>Changes the parameters.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="learningRates">One for each group of parameters.</param>
    /// <returns>The gradient's norm before it is clipped; if it is not a number, no parameter was changed.</returns>
    public float Apply(int step, ReadOnlySpan<float> learningRates)
    {
        _norm[0] = _mean.Take(_threads);
        if (!float.IsFinite(_norm[0])) { return _norm[0]; }
        _correction[0] = (float)(1 / Math.Sqrt(1 - Math.Pow(_options.Beta2, step)));
        for (var group = 0; group < _updates.Count; group++)
        {
            _rate[0] = (float)(learningRates[group] / (1 - Math.Pow(_options.Beta1, step)));
            var windows = _updates[group];
            SharedWork.Do(_threads, windows.Count, window => windows[window].Run());
        }
        return _norm[0];
    }

    public void Dispose()
    {
        _updates.ForEach(group => group.ForEach(window => window.Dispose()));
        _session.Dispose();
    }

    private static Graph UpdateGraph(AdamOptions options)
    {
        var graph = new Graph("adam");
        Value Window(string name) => graph.Input(name, Shape.AnyCount);
        var (gradients, norm, rate, correction) = (Window("gradients"), graph.Input("norm", 1), graph.Input("rate", 1), graph.Input("correction", 1));
        var clipped = gradients * (graph.Constant(options.LargestNorm) / (norm + NormEpsilon)).AtMost(1);
        var mean = Window("mean") * options.Beta1 + clipped * (1 - options.Beta1);
        var meanSquare = Window("mean_square") * options.Beta2 + clipped.Square() * (1 - options.Beta2);
        graph.Output("new_mean", mean);
        graph.Output("new_mean_square", meanSquare);
        graph.Output("new_values", Window("values") - mean / (meanSquare.Sqrt() * correction + options.Epsilon) * rate);
        return graph;
    }

    // New values go where the old ones were: every operation is element by element, and the one that writes an array is the last that reads it.
    private BoundRun Update(ParameterMemory memory, Range window)
    {
        var run = new BoundRun(_session);
        var (start, length) = window.GetOffsetAndLength(memory.Mean.Length);
        void Replace(string name, float[] array)
        {
            run.BindInput(name, array.AsMemory(start, length), length);
            run.BindOutput($"new_{name}", array.AsMemory(start, length), length);
        }
        run.BindInput("gradients", memory.Gradients[0].AsMemory(start, length), length);
        run.BindInput("norm", _norm, 1);
        run.BindInput("rate", _rate, 1);
        run.BindInput("correction", _correction, 1);
        Replace("mean", memory.Mean);
        Replace("mean_square", memory.MeanSquare);
        Replace("values", memory.Values);
        return run;
    }

    private static byte[] Bytes(Graph graph)
    {
        using var model = new MemoryStream();
        OnnxWriter.WriteWithoutWeights(graph, model);
        return model.ToArray();
    }
}
