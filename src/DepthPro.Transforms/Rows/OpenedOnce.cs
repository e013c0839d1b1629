namespace DepthPro.Rows;

/// <summary>
/// Something native that is opened when first needed, shared by all that read, and disposed once. Thread-safe; when opening fails, the next
/// use tries again.
/// </summary>
/// <param name="owner">Whom the error after disposal names.</param>
/// <param name="open">Opens it.</param>
internal sealed class OpenedOnce<T>(Type owner, Func<T> open) : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _gate = new();
    private T? _value;
    private bool _disposed;

    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public T Value
    {
        get
        {
            lock (_gate)
            {
                ThrowIfDisposed();
                return _value ??= open();
            }
        }
    }

    /// <summary>Null while nothing needed it.</summary>
    public T? ValueIfOpened
    {
        get { lock (_gate) { return _value; } }
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), owner);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _value?.Dispose();
        }
    }
}
