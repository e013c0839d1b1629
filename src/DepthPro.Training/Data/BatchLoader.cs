using System.Threading.Channels;
using DepthPro.Network;

namespace DepthPro.Training.Data;

/// <summary>Prepares batches on a thread of its own while the steps before them are computed. Batches come in the order of their draws, whatever the timing. Not thread-safe.</summary>
internal sealed class BatchLoader : IDisposable
{
    // One is read while one is ready and one is being made.
    private const int Batches = 3;

    private readonly Channel<IReadOnlyList<PreparedPhoto>> _ready = Channel.CreateBounded<IReadOnlyList<PreparedPhoto>>(1), _free = Channel.CreateUnbounded<IReadOnlyList<PreparedPhoto>>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loading;
    private IReadOnlyList<PreparedPhoto>? _last;

    /// <summary>Starts to load.</summary>
    /// <param name="mix">Where the examples come from; nobody else may draw from it.</param>
    /// <param name="photos">Photos of a batch.</param>
    /// <param name="augmentation">How they are changed.</param>
    /// <param name="config">The network's sizes.</param>
    public BatchLoader(TrainingMix mix, int photos, AugmentationOptions augmentation, NetworkConfig config)
    {
        for (var i = 0; i < Batches; i++) { _free.Writer.TryWrite([.. Enumerable.Range(0, photos).Select(_ => new PreparedPhoto(config.InputSize, config.OutputSize))]); }
        _loading = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    var batch = await _free.Reader.ReadAsync(_stop.Token);
                    foreach (var photo in batch) { mix.Draw(photo, augmentation, config); }
                    await _ready.Writer.WriteAsync(batch, _stop.Token);
                }
            }
            catch (Exception exception)
            {
                _ready.Writer.TryComplete(exception); // the step that would have got this batch throws it
            }
        });
    }

    /// <summary>The next batch; the one before it is filled anew.</summary>
    /// <exception cref="InvalidDataException">An example cannot be used.</exception>
    public IReadOnlyList<PreparedPhoto> Next()
    {
        if (_last is not null) { _free.Writer.TryWrite(_last); }
        try
        {
            return _last = _ready.Reader.ReadAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException closed) when (closed.InnerException is { } cause)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _loading.Wait();
        _stop.Dispose();
    }
}
