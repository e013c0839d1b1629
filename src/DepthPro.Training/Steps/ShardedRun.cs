using DepthPro.Network.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Training;

/// <summary>One session run once for each shard, some at once, each on a thread of its own: parameters are shared, inputs and outputs lie one after another, and what runs at once has gradients of its
/// own. Not thread-safe.</summary>
internal sealed class ShardedRun : IDisposable
{
    private readonly Dictionary<string, float[]> _inputs = [], _outputs = [];
    private readonly BoundRun[] _shards;
    private readonly int _atOnce;

    /// <param name="session">The graph's.</param>
    /// <param name="graph">Its outputs are gradients and others.</param>
    /// <param name="shards">How many there are.</param>
    /// <param name="memory">Where parameters and gradients are, and for how many shards at once.</param>
    /// <param name="gradients">The parameter of each output that is a gradient.</param>
    public ShardedRun(InferenceSession session, Graph graph, int shards, ParameterMemory memory, IReadOnlyDictionary<string, Parameter> gradients)
    {
        _atOnce = memory.ShardGradients.Count;
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new BoundRun(session))];
        foreach (var (shard, run) in _shards.Index())
        {
            Memory<float> PartOf(Dictionary<string, float[]> arrays, Value value)
            {
                var count = (int)value.Shape.Count;
                if (!arrays.TryGetValue(value.Name, out var array)) { arrays[value.Name] = array = new float[checked(shards * count)]; }
                return array.AsMemory(shard * count, count);
            }
            foreach (var input in graph.Inputs) { run.BindInput(input.Name, PartOf(_inputs, input), input.Shape.ToArray()); }
            foreach (var parameter in graph.Parameters) { run.BindInput(parameter.Name, memory.WindowOf(parameter, memory.Values), parameter.Shape.ToArray()); }
            foreach (var output in graph.Outputs)
            {
                var part = gradients.TryGetValue(output.Name, out var parameter) ? memory.WindowOf(parameter, memory.ShardGradients[shard % _atOnce]) : PartOf(_outputs, output);
                run.BindOutput(output.Name, part, output.Shape.ToArray());
            }
        }
    }

    /// <summary>All shards' memory of the graph's inputs.</summary>
    public IReadOnlyDictionary<string, float[]> Inputs => _inputs;

    /// <summary>All shards' memory of the outputs that are no gradients.</summary>
    public IReadOnlyDictionary<string, float[]> Outputs => _outputs;

    /// <summary>Runs all shards.</summary>
    /// <param name="done">Called whenever some have run that do so at once, with the first and the number of them: their gradients are there until the next.</param>
    public void Run(Action<int, int>? done = null)
    {
        for (var first = 0; first < _shards.Length; first += _atOnce)
        {
            var (from, count) = (first, Math.Min(_atOnce, _shards.Length - first));
            SharedWork.Do(count, count, i => _shards[from + i].Run());
            done?.Invoke(from, count);
        }
    }

    public void Dispose()
    {
        foreach (var shard in _shards) { shard.Dispose(); }
    }
}
