using System.Collections.Concurrent;

namespace DepthPro.Tests;

/// <summary>Threads that start at the same moment.</summary>
internal static class Threads
{
    /// <summary>Runs the action on each thread, given its number from 0, and waits for all; fails with what any of them threw.</summary>
    public static void Together(int count, Action<int> action)
    {
        using var start = new Barrier(count);
        var errors = new ConcurrentQueue<Exception>();
        List<Thread> threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                action(i);
            }
            catch (Exception e)
            {
                errors.Enqueue(e);
            }
        }))];
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.True(errors.IsEmpty, string.Join('\n', errors));
    }
}
