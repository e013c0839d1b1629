using DepthPro.Network.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Training;

/// <summary>One session run several times at once, each time on a thread of its own: parameters are shared, inputs and outputs lie one after another, and each shard has a gradient of its own.
/// Not thread-safe.</summary>
internal sealed class ShardedRun : IDisposable
{
    private readonly Dictionary<string, float[]> _inputs = [], _outputs = [];
    private readonly List<BoundRun> _shards = [];

    /// <param name="session">The graph's.</param>
    /// <param name="graph">Its outputs are gradients and others.</param>
    /// <param name="memory">Where parameters and gradients are, and how many shards there are.</param>
    /// <param name="gradients">The parameter of each output that is a gradient.</param>
    public ShardedRun(InferenceSession session, Graph graph, ParameterMemory memory, IReadOnlyDictionary<string, Parameter> gradients)
    {
        foreach (var shardGradients in memory.Gradients)
        {
            var run = new BoundRun(session);
            Memory<float> PartOf(Dictionary<string, float[]> arrays, Value value)
            {
                var count = (int)value.Shape.Count;
                if (!arrays.TryGetValue(value.Name, out var array)) { arrays[value.Name] = array = new float[checked(memory.Gradients.Count * count)]; }
                return array.AsMemory(_shards.Count * count, count);
            }
            foreach (var input in graph.Inputs) { run.BindInput(input.Name, PartOf(_inputs, input), input.Shape.ToArray()); }
            foreach (var parameter in graph.Parameters) { run.BindInput(parameter.Name, memory.WindowOf(parameter, memory.Values), parameter.Shape.ToArray()); }
            foreach (var output in graph.Outputs)
            {
                run.BindOutput(output.Name, gradients.TryGetValue(output.Name, out var parameter) ? memory.WindowOf(parameter, shardGradients) : PartOf(_outputs, output), output.Shape.ToArray());
            }
            _shards.Add(run);
        }
    }

    /// <summary>All shards' memory of the graph's inputs.</summary>
    public IReadOnlyDictionary<string, float[]> Inputs => _inputs;

    /// <summary>All shards' memory of the outputs that are no gradients.</summary>
    public IReadOnlyDictionary<string, float[]> Outputs => _outputs;

    public void Run() => SharedWork.Do(_shards.Count, _shards.Count, shard => _shards[shard].Run());

    public void Dispose() => _shards.ForEach(shard => shard.Dispose());
}
