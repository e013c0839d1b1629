using DepthPro.Network;
using DepthPro.Training.Data;

namespace DepthPro.Training.Tests.Data;

/// <summary>A set of a few examples of random photos with smooth depth; remembers what was drawn.</summary>
internal sealed class MadeUpSet(int count = 5, string name = "made up") : TrainingSet(name)
{
    private readonly Dictionary<int, TrainingExample> _examples = [];

    public List<long> Draws { get; } = [];

    /// <summary>Changes an example's inverse depth.</summary>
    public Action<int, float[]>? Spoil { get; init; }

    public float FieldOfViewDegrees { get; init; } = 50;

    internal override int? Length => count;

    internal override TrainingExample Draw(long number, ulong seed, NetworkConfig config)
    {
        lock (Draws) { Draws.Add(number); }
        var index = (int)(number % count);
        if (!_examples.TryGetValue(index, out var example))
        {
            _examples[index] = example = Example(index, config, FieldOfViewDegrees + 5 * index);
            Spoil?.Invoke(index, example.InverseDepth);
        }
        return example;
    }

    public static TrainingExample Example(int seed, NetworkConfig config, float fieldOfViewDegrees)
    {
        var random = new Random(seed);
        var rgb = new byte[3 * config.InputSize * config.InputSize];
        random.NextBytes(rgb);
        var (side, near) = (config.OutputSize, 0.2f + random.NextSingle());
        return new(rgb, [.. Enumerable.Range(0, side * side).Select(i => near * (1 + i / side) / side + 0.1f * ((i % side) / (side / 2)))], fieldOfViewDegrees);
    }
}
