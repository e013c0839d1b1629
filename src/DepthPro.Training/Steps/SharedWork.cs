namespace DepthPro.Training;

/// <summary>Work spread over threads of its own: the thread pool's may be busy with the next batch. Thread-safe if the work is.</summary>
internal static class SharedWork
{
    /// <summary>Does pieces of work on some threads, this one among them; each takes the next piece as soon as it is free.</summary>
    /// <exception cref="Exception">A piece of work failed; the first such exception, after all threads have ended.</exception>
    public static void Do(int threads, int count, Action<int> work)
    {
        var next = -1;
        void Take()
        {
            for (var piece = Interlocked.Increment(ref next); piece < count; piece = Interlocked.Increment(ref next)) { work(piece); }
        }
        Task[] others = [.. Enumerable.Range(1, Math.Max(0, Math.Min(threads, count) - 1))
            .Select(_ => Task.Factory.StartNew(Take, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Take();
        }
        finally
        {
            Task.WhenAll(others).GetAwaiter().GetResult();
        }
    }
}
