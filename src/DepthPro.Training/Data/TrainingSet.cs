using DepthPro.Network;

namespace DepthPro.Training.Data;

/// <summary>Photos with depth to learn from. Which example a draw gives depends on its number and the seed only, so that a run can be taken up anywhere. Not thread-safe.</summary>
public abstract class TrainingSet
{
    private protected TrainingSet(string name) => Name = name;

    /// <summary>For messages.</summary>
    public string Name { get; }

    /// <summary>How often it is drawn from, in proportion to the other sets' weights; above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether its depth was measured, as opposed to rendered: measured depth is wrong here and there, so the worst fifth of a photo's errors does not count, nor do its
    /// edges, and the second stage leaves it out.</summary>
    public bool IsReal { get; init; }

    /// <summary>Whether its depth is in metres and its focal lengths are known; otherwise only the order and proportions of depths count.</summary>
    public bool IsMetric { get; init; } = true;

    /// <summary>Told once of each photo that cannot be used, and why, by the thread that loads; the next one takes its place. Null: the first one ends the training.</summary>
    public Action<string>? Skipped { get; init; }

    /// <summary>Examples of an epoch; null: without end.</summary>
    internal virtual int? Length => null;

    /// <summary>Tells it from sets with other photos, so that no training is taken up with them; null: the caller sees to that.</summary>
    internal virtual string? Contents => null;

    /// <summary>Whether drawing an example again is cheap.</summary>
    internal virtual bool KeepsExamples => false;

    /// <summary>The example of one draw.</summary>
    internal abstract TrainingExample Draw(long number, ulong seed, NetworkConfig config);
}
