namespace DepthPro.Network;

/// <summary>The SHA-256 of a file, taken on a thread of its own; given up when disposed.</summary>
internal sealed class SourceHash : IDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Task<string> _hash;

    public SourceHash(string path)
    {
        var giveUp = _giveUp.Token;
        _hash = Task.Factory.StartNew(() => Network.Sha256.OfFile(path, giveUp), giveUp, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits for it.</summary>
    public string Sha256 => _hash.GetAwaiter().GetResult();

    public void Dispose()
    {
        _giveUp.Cancel();
        _hash.ContinueWith(_ => _giveUp.Dispose(), TaskScheduler.Default);
    }
}
