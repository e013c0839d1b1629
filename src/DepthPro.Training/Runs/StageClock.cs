using System.Diagnostics;

namespace DepthPro.Training.Runs;

/// <summary>How fast a stage's steps go, and how long the rest of the training will take. Not thread-safe.</summary>
internal sealed class StageClock(DepthTrainingOptions options, IReadOnlyList<int?> stageSteps, int stage, int photosPerStep)
{
    // Steps whose mean speed is told.
    private const int Window = 20;

    private readonly Queue<long> _ticks = new([Stopwatch.GetTimestamp()]);

    /// <summary>Steps since the clock was started.</summary>
    public int Steps { get; private set; }

    public double PhotosPerSecond => photosPerStep / SecondsPerStep;

    private double SecondsPerStep => Stopwatch.GetElapsedTime(_ticks.First(), _ticks.Last()).TotalSeconds / Math.Max(1, _ticks.Count - 1);

    public void Tick()
    {
        Steps++;
        _ticks.Enqueue(Stopwatch.GetTimestamp());
        if (_ticks.Count > Window + 1) { _ticks.Dequeue(); }
    }

    /// <summary>How many steps this stage has, so that all stages together take so many minutes.</summary>
    public int StepsIn(double minutes, int done) => Math.Max(done + 1, (int)(minutes * 60 * Share(stage) / SecondsPerStep));

    /// <summary>Until the training's end, if later stages take the time of their shares; null before the first steps.</summary>
    public TimeSpan? Remaining(int done)
    {
        if (Steps == 0 || stageSteps[stage] is not { } steps) { return null; }
        var later = Enumerable.Range(stage + 1, options.Stages.Count - stage - 1).Sum(Share) / Share(stage) * steps;
        return TimeSpan.FromSeconds((steps - done + later) * SecondsPerStep);
    }

    private double Share(int index) => options.Stages[index].Share / options.Stages.Sum(s => s.Share);
}
