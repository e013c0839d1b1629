using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring;

/// <summary>A part of a network: its session is held open, or opened for each run and closed after it.</summary>
/// <param name="name">The part's name.</param>
/// <param name="open">Opens its session.</param>
/// <param name="turn">Null to hold the session open; else what the parts that take turns in memory lock.</param>
internal sealed class NetworkPart(string name, Func<InferenceSession> open, Lock? turn) : IDisposable
{
    /// <summary>Its session where it is held open, else null.</summary>
    public InferenceSession? Resident { get; } = turn is null ? open() : null;

    /// <summary>Opens the part once if nothing else does before it runs, so that a device that does not take it is known from the start.</summary>
    public void TryOut()
    {
        if (Resident is null) { open().Dispose(); }
    }

    /// <summary>Runs the part as often as the caller wishes.</summary>
    public void Use(Action<InferenceSession> run)
    {
        if (Resident is not null)
        {
            using var activity = ScoringActivity.Start(name);
            run(Resident);
            return;
        }
        lock (turn ?? throw new InvalidOperationException($"Part '{name}' has neither a session nor a turn."))
        {
            using var activity = ScoringActivity.Start(name);
            using var session = open();
            run(session);
        }
    }

    public void Dispose() => Resident?.Dispose();
}
