namespace DepthPro.Rows;

/// <summary>
/// Something native that is opened when first needed, shared by all that use it, and disposed once: when it is told to, or as soon as the
/// uses of that moment are over. Thread-safe; when opening fails, the next use tries again.
/// </summary>
/// <param name="owner">Whom the error after disposal names.</param>
/// <param name="open">Opens it.</param>
internal sealed class OpenedOnce<T>(Type owner, Func<T> open) : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _gate = new();
    private T? _value;
    private int _uses;
    private bool _disposed;

    /// <summary>Null while nothing needed it.</summary>
    public T? ValueIfOpened
    {
        get { lock (_gate) { return _value; } }
    }

    /// <summary>Uses it; it is not disposed meanwhile. Any number of threads may do so at the same time.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public TResult Use<TResult>(Func<T, TResult> use)
    {
        var value = Begin();
        try
        {
            return use(value);
        }
        finally
        {
            End();
        }
    }

    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), owner);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            FreeWhenUnused();
        }
    }

    private T Begin()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            _value ??= open();
            _uses++;
            return _value;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _uses--;
            FreeWhenUnused();
        }
    }

    private void FreeWhenUnused()
    {
        if (_disposed && _uses == 0) { _value?.Dispose(); }
    }
}
