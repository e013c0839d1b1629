using System.Runtime.InteropServices;

namespace DepthPro.Cli;

/// <summary>Ctrl-C (SIGINT) and SIGTERM, turned into a request as long as this lives; the second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _onFirst;
    private int _signals;

    /// <param name="onFirst">Called on another thread when the first signal comes.</param>
    public Interruption(Action onFirst)
    {
        _onFirst = onFirst;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM]) { _registrations.Add(PosixSignalRegistration.Create(signal, Request)); }
    }

    public bool IsRequested => Volatile.Read(ref _signals) > 0;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Request(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) > 1) { return; }
        context.Cancel = true;
        _onFirst();
    }
}
