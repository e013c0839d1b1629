using DepthPro.Rows;

namespace DepthPro.Transforms.Tests.Rows;

public sealed class OpenedOnceTests
{
    [Fact]
    public void Opens_once_for_many_threads()
    {
        var opened = 0;
        using var once = new OpenedOnce<MemoryStream>(typeof(OpenedOnceTests), () =>
        {
            Interlocked.Increment(ref opened);
            return new MemoryStream();
        });
        Assert.Null(once.ValueIfOpened);
        Parallel.For(0, 8, _ => Assert.Same(once.Value, once.Value));
        Assert.Equal(1, opened);
        Assert.Same(once.Value, once.ValueIfOpened);
    }

    [Fact]
    public void Tries_again_after_a_failure()
    {
        var fails = true;
        using var once = new OpenedOnce<MemoryStream>(typeof(OpenedOnceTests), () => fails ? throw new IOException("away") : new MemoryStream());
        Assert.Throws<IOException>(() => once.Value);
        fails = false;
        Assert.NotNull(once.Value);
    }

    [Fact]
    public void Refuses_after_disposal_and_is_disposed_twice_for_nothing()
    {
        var once = new OpenedOnce<MemoryStream>(typeof(OpenedOnceTests), () => new MemoryStream());
        var stream = once.Value;
        once.Dispose();
        once.Dispose();
        Assert.False(stream.CanRead);
        var error = Assert.Throws<ObjectDisposedException>(() => once.Value);
        Assert.Contains(nameof(OpenedOnceTests), error.ObjectName, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(once.ThrowIfDisposed);
    }
}
