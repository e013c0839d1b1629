namespace DepthPro.Training.Tests.Steps;

public sealed class SharedWorkTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 100)]
    [InlineData(4, 2)]
    [InlineData(2, 0)]
    public void Every_piece_of_work_is_done_once(int threads, int count)
    {
        var done = new int[count];

        SharedWork.Do(threads, count, piece => Interlocked.Increment(ref done[piece]));

        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Fact]
    public void As_many_pieces_as_threads_run_at_once()
    {
        using var all = new Barrier(3);

        SharedWork.Do(3, 3, _ => Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(30))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_failure_on_any_thread_surfaces(int failing)
    {
        using var both = new Barrier(2);

        var failure = Assert.Throws<InvalidOperationException>(() => SharedWork.Do(2, 2, piece =>
        {
            both.SignalAndWait(TimeSpan.FromSeconds(30));
            if (piece == failing) { throw new InvalidOperationException($"Piece {piece}."); }
        }));

        Assert.Equal($"Piece {failing}.", failure.Message);
    }
}
