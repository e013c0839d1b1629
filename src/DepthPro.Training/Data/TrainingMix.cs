using DepthPro.Network;

namespace DepthPro.Training.Data;

/// <summary>Sets drawn from in turn, each as often as its weight says. Not thread-safe.</summary>
internal sealed class TrainingMix
{
    private readonly IReadOnlyList<TrainingSet> _sets;
    private readonly ulong _seed;
    private readonly long[] _draws;
    private long _next;

    public TrainingMix(IReadOnlyList<TrainingSet> sets, ulong seed) => (_sets, _seed, _draws) = (sets, seed, new long[sets.Count]);

    /// <summary>The next example into a photo.</summary>
    public void Draw(PreparedPhoto photo, AugmentationOptions augmentation, NetworkConfig config)
    {
        var random = SeededRandom.Of(_seed, (ulong)_next);
        var set = Advance();
        photo.Fill(_sets[set], _sets[set].Draw(_draws[set] - 1, _seed + (ulong)set, config), augmentation, random);
    }

    /// <summary>Passes over draws that were made before.</summary>
    public void Skip(long draws)
    {
        for (var i = 0L; i < draws; i++) { Advance(); }
    }

    // The set that lags farthest behind its share.
    private int Advance()
    {
        _next++;
        var total = _sets.Sum(set => set.Weight);
        var set = Enumerable.Range(0, _sets.Count).MaxBy(i => _sets[i].Weight / total * _next - _draws[i]);
        _draws[set]++;
        return set;
    }
}
