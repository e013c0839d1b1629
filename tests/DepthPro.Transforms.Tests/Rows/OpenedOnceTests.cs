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
        Parallel.For(0, 8, _ => Assert.Same(once.Use(s => s), once.Use(s => s)));
        Assert.Equal(1, opened);
        Assert.Same(once.Use(s => s), once.ValueIfOpened);
    }

    [Fact]
    public void Tries_again_after_a_failure()
    {
        var fails = true;
        using var once = new OpenedOnce<MemoryStream>(typeof(OpenedOnceTests), () => fails ? throw new IOException("away") : new MemoryStream());
        Assert.Throws<IOException>(() => once.Use(s => s));
        fails = false;
        Assert.NotNull(once.Use(s => s));
    }

    [Fact]
    public void Refuses_after_disposal_and_is_disposed_twice_for_nothing()
    {
        var once = new OpenedOnce<MemoryStream>(typeof(OpenedOnceTests), () => new MemoryStream());
        var stream = once.Use(s => s);
        once.Dispose();
        once.Dispose();
        Assert.False(stream.CanRead);
        var error = Assert.Throws<ObjectDisposedException>(() => once.Use(s => s));
        Assert.Contains(nameof(OpenedOnceTests), error.ObjectName, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(once.ThrowIfDisposed);
    }

    [Fact]
    public void Is_disposed_when_its_last_use_is_over()
    {
        var once = new OpenedOnce<MemoryStream>(typeof(OpenedOnceTests), () => new MemoryStream());
        var stream = once.Use(outer => once.Use(inner =>
        {
            once.Dispose();
            Assert.True(inner.CanRead);
            Assert.Throws<ObjectDisposedException>(() => once.Use(s => s));
            return inner;
        }).CanRead ? outer : throw new ObjectDisposedException("the stream, before its outer use was over"));
        Assert.False(stream.CanRead);
    }
}
