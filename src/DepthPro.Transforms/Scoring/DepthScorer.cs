using DepthPro.Network;
using DepthPro.Network.Onnx;
using DepthPro.Scoring.Devices;

namespace DepthPro.Scoring;

/// <summary>An opened network: network input or patches to canonical inverse depth and field of view. Thread safe until disposed.</summary>
/// <remarks>Holds native memory of about the weights' size as float32. Dispose it when no run is in progress.</remarks>
public sealed class DepthScorer : IDisposable
{
    private readonly NetworkRunner _runner;
    private readonly DeviceSession _device;
    private long _runs;
    private bool _disposed;

    private DepthScorer(DepthProModel model, NetworkRunner runner, DeviceSession device) => (Model, _runner, _device) = (model, runner, device);

    /// <summary>The patches of every network, whatever its sizes.</summary>
    internal static int PatchCount { get; } = new NetworkConfig().PatchCount;

    /// <summary>The model it was opened from.</summary>
    public DepthProModel Model { get; }

    /// <summary>The device that its nodes run on, with the reason when that is not the one asked for: "cuda:0", "cpu", "cpu (cuda:0: …)", "cuda:0 (3 of 900 nodes on the CPU: Gather)".</summary>
    public string Device => _device.Description;

    /// <inheritdoc cref="DeviceSession.Nodes"/>
    internal IEnumerable<PlacedNode> Nodes => _device.Nodes;

    /// <inheritdoc cref="DeviceSession.LeavesProcessors"/>
    internal bool LeavesProcessors => _device.LeavesProcessors;

    /// <summary>How often the network was run.</summary>
    internal long Runs => Interlocked.Read(ref _runs);

    /// <summary>Checks the model's files and opens them.</summary>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file has changed since it was written.</exception>
    /// <exception cref="InvalidOperationException">The device cannot be used, and the options do not allow another.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="ScoringOptions.PatchesPerRun"/> is negative or over the 35 patches that there are.</exception>
    public static DepthScorer Open(DepthProModel model, ScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.PatchesPerRun, nameof(ScoringOptions.PatchesPerRun));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.PatchesPerRun, PatchCount, nameof(ScoringOptions.PatchesPerRun));
        model.Verify();
        var device = DeviceSession.Choose(model.WeightPrecision switch
        {
            // Integers are multiplied on the CPU; elsewhere every linear layer would go there and back.
            WeightPrecision.Int8 when options.Device.Device == ExecutionDevice.Auto => options.Device with { Device = ExecutionDevice.Cpu },
            WeightPrecision.Float16Compute => options.Device with { ComputesInHalves = true },
            _ => options.Device,
        });
        NetworkRunner runner = model.SingleFile is { } form
            ? new SingleFileRunner(model, form, device)
            : new PartsRunner(model, model.Config ?? throw new ArgumentException($"Model '{model}' has no sizes.", nameof(model)), device, options);
        return new(model, runner, device);
    }

    /// <summary>Runs the network on a network input.</summary>
    /// <param name="networkInput">(1, 3, S, S), values -1 to 1.</param>
    /// <param name="estimateFieldOfView">Whether to run the field-of-view encoder too.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    /// <exception cref="InvalidOperationException">A field of view is asked of a network that has none.</exception>
    public DepthScore Score(ReadOnlyMemory<float> networkInput, bool estimateFieldOfView = true)
    {
        Require(networkInput, 3L * Model.InputSize * Model.InputSize, $"a network input (1, 3, {Model.InputSize}, {Model.InputSize})");
        return _runner.Score(networkInput, estimateFieldOfView);
    }

    /// <summary>Runs the network on the patches of a network input.</summary>
    /// <param name="patches">(35, 3, P, P), as <see cref="Patches.DepthPatches"/> orders them.</param>
    /// <param name="estimateFieldOfView">Whether to run the field-of-view encoder too.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    /// <exception cref="NotSupportedException">The network is a single file, which cuts its own patches.</exception>
    public DepthScore ScorePatches(ReadOnlyMemory<float> patches, bool estimateFieldOfView = true)
    {
        Require(patches, (long)PatchCount * 3 * Model.PatchSize * Model.PatchSize, $"patches ({PatchCount}, 3, {Model.PatchSize}, {Model.PatchSize})");
        return _runner.ScorePatches(patches, estimateFieldOfView);
    }

    /// <summary>Frees the native memory. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_disposed) { return; }
        _disposed = true;
        _runner.Dispose();
    }

    private void Require(ReadOnlyMemory<float> values, long count, string expected)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (values.Length != count) { throw new ArgumentException($"Found {values.Length} values; model '{Model.Name}' expects {expected}, {count} values."); }
        Interlocked.Increment(ref _runs);
    }
}
