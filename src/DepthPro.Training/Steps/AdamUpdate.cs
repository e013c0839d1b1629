using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using DepthPro.Scoring.Devices;
using DepthPro.Training.Gradients;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Training;

/// <summary>Clips the gradient and changes the parameters by Adam's rule, in two graphs of their own: the norm of all gradients, then the update, window by window. Not thread-safe.</summary>
internal sealed class AdamUpdate : IDisposable
{
    // Floats of each array: the update's dozen temporary arrays of this length stay in a core's cache.
    private const int WindowLength = 1 << 15;

    // torch.nn.utils.clip_grad_norm_ adds it to the norm.
    private const float NormEpsilon = 1e-6f;

    private readonly AdamOptions _options;
    private readonly float[] _norm = new float[1], _rate = new float[1], _correction = new float[1];
    private readonly InferenceSession _normSession, _updateSession;
    private readonly BoundRun _normRun;
    private readonly List<List<BoundRun>> _updates = [];

    public AdamUpdate(ParameterMemory memory, AdamOptions options, DeviceSession device)
    {
        _options = options;
        _normSession = device.Open(Bytes(NormGraph()));
        _normRun = new(_normSession);
        _normRun.BindInput("gradients", memory.Gradients, memory.Gradients.Length);
        _normRun.BindOutput("norm", _norm, 1);
        _updateSession = device.Open(Bytes(UpdateGraph(options)));
        foreach (var group in memory.Groups) { _updates.Add([.. Windows(group).Select(window => Update(memory, window))]); }
    }

    /// <summary>Changes the parameters.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="learningRates">One for each group of parameters.</param>
    /// <returns>The gradient's norm before it is clipped; if it is not a number, no parameter was changed.</returns>
    public float Apply(int step, ReadOnlySpan<float> learningRates)
    {
        _normRun.Run();
        if (!float.IsFinite(_norm[0])) { return _norm[0]; }
        _correction[0] = (float)(1 / Math.Sqrt(1 - Math.Pow(_options.Beta2, step)));
        for (var group = 0; group < _updates.Count; group++)
        {
            _rate[0] = (float)(learningRates[group] / (1 - Math.Pow(_options.Beta1, step)));
            foreach (var window in _updates[group]) { window.Run(); }
        }
        return _norm[0];
    }

    public void Dispose()
    {
        _updates.ForEach(group => group.ForEach(window => window.Dispose()));
        _normRun.Dispose();
        _updateSession.Dispose();
        _normSession.Dispose();
    }

    private static Graph NormGraph()
    {
        var graph = new Graph("gradient_norm");
        graph.Output("norm", graph.Input("gradients", Shape.AnyCount).SumOfSquares().Sqrt());
        return graph;
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
        var run = new BoundRun(_updateSession);
        var (start, length) = window.GetOffsetAndLength(memory.Gradients.Length);
        void Replace(string name, float[] array)
        {
            run.BindInput(name, array.AsMemory(start, length), length);
            run.BindOutput($"new_{name}", array.AsMemory(start, length), length);
        }
        run.BindInput("gradients", memory.Gradients.AsMemory(start, length), length);
        run.BindInput("norm", _norm, 1);
        run.BindInput("rate", _rate, 1);
        run.BindInput("correction", _correction, 1);
        Replace("mean", memory.Mean);
        Replace("mean_square", memory.MeanSquare);
        Replace("values", memory.Values);
        return run;
    }

    private static IEnumerable<Range> Windows(Range group)
    {
        for (var start = group.Start.Value; start < group.End.Value; start += WindowLength) { yield return start..Math.Min(start + WindowLength, group.End.Value); }
    }

    private static byte[] Bytes(Graph graph)
    {
        using var model = new MemoryStream();
        OnnxWriter.WriteWithoutWeights(graph, model);
        return model.ToArray();
    }
}
