using System.Collections.Concurrent;
using DepthPro.Network.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring.Devices;

/// <summary>The device that sessions are opened on: chosen once, with the CPU as the way out where the options allow it, for all models from the first that the device refuses. Thread safe.</summary>
internal sealed class DeviceSession
{
    private static readonly ExecutionDevice[] AutoOrder = [ExecutionDevice.Cuda, ExecutionDevice.CoreMl, ExecutionDevice.DirectMl];

    private readonly DeviceOptions _options;
    private readonly ExecutionProvider? _provider;
    private readonly string? _reason;
    private readonly ConcurrentDictionary<string, IReadOnlyList<PlacedNode>> _nodes = new(); // by a network part's outputs: a part may be opened again and again
    private volatile bool _untold; // whether ONNX Runtime did not say where it put a session's nodes
    private volatile string? _refusal; // why a model did not open on the device

    /// <summary>A device that is known to be usable; <see cref="Choose"/> finds out.</summary>
    internal DeviceSession(DeviceOptions options, ExecutionProvider? provider, string? reason = null) => (_options, _provider, _reason) = (options, provider, reason);

    /// <summary>Whether models are opened on the CPU from now on.</summary>
    public bool IsCpu => Provider is null;

    /// <summary>Whether a run surely leaves a processor to others; how many cores ONNX Runtime counts when the choice is its own, it does not tell.</summary>
    public bool LeavesProcessors => !IsCpu || (_options.Threads > 0 && _options.Threads < Environment.ProcessorCount);

    /// <summary>What to build a network's graphs of that are made for the device.</summary>
    public GraphForm Form => Provider?.Device is ExecutionDevice.TensorRt or ExecutionDevice.CoreMl or ExecutionDevice.OpenVino ? GraphForm.Portable : GraphForm.OnnxRuntime;

    private ExecutionProvider? Provider => _refusal is null ? _provider : null;

    private bool MayFallBack => _options is { AllowFallback: true } or { Device: ExecutionDevice.Auto };

    /// <summary>The nodes of all sessions opened so far; none on the CPU, where nothing is to be told.</summary>
    public IEnumerable<PlacedNode> Nodes => _nodes.Values.SelectMany(part => part);

    /// <summary>The device that the sessions' nodes run on, and when it is not the one asked for, why: "cuda:0", "cpu (cuda:0: …)", "cuda:0 (3 of 900 nodes on the CPU: Gather)".</summary>
    public string Description => _provider is null ? _reason is null ? "cpu" : $"cpu ({_reason})"
        : _refusal is { } refusal ? $"{(RunsSome ? $"{_provider.DeviceName(_options.Index)} and cpu" : "cpu")} ({_provider.DeviceName(_options.Index)}: {refusal})"
        : _untold ? $"{_provider.DeviceName(_options.Index)} (this ONNX Runtime does not tell which nodes run there)"
        : Describe(_provider, _options.Index, [.. Nodes]);

    /// <summary>Chooses the device by opening a session of one node on it.</summary>
    /// <exception cref="InvalidOperationException">The device cannot be had, and the options do not allow another; or ONNX Runtime is not there at all.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative index or number of threads, or a device that is none.</exception>
    public static DeviceSession Choose(DeviceOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Index, nameof(DeviceOptions.Index));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(DeviceOptions.Threads));
        var built = DeviceProbe.AvailableProviders();
        switch (options.Device)
        {
            case ExecutionDevice.Cpu:
                return new(options, null, null);
            case ExecutionDevice.Auto:
                return new(options, AutoOrder.Select(ExecutionProvider.Of).FirstOrDefault(p => p is not null && built.Contains(p.Name) && DeviceProbe.WhyNot(options, p) is null), null);
            default:
                var provider = ExecutionProvider.Of(options.Device) ?? throw new ArgumentOutOfRangeException(nameof(options), options.Device, "Not a device.");
                return DeviceProbe.WhyNot(options, provider) is not { } reason ? new(options, provider, null)
                    : options.AllowFallback ? new(options, null, $"{provider.DeviceName(options.Index)}: {reason}")
                    : throw Unusable(options, provider, reason);
        }
    }

    /// <summary>Opens a model on the device.</summary>
    /// <exception cref="InvalidOperationException">The device does not take the model or runs none of its nodes, and the options do not allow another.</exception>
    /// <exception cref="OnnxRuntimeException">The CPU does not take the model either.</exception>
    /// <param name="path">The .onnx file.</param>
    public InferenceSession Open(string path) => Open(options => new InferenceSession(path, options));

    /// <inheritdoc cref="Open(string)"/>
    public InferenceSession Open(byte[] model) => Open(options => new InferenceSession(model, options));

    /// <summary>Memory of the CUDA device that a session runs on, for tensors that go from one session to another; null elsewhere.</summary>
    /// <param name="session">A session of the device that lives as long as the memory does.</param>
    public OrtAllocator? MemoryOf(InferenceSession session)
    {
        if (Provider is not { Device: ExecutionDevice.Cuda }) { return null; }
        try
        {
            using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, _options.Index, OrtMemType.Default);
            return new(session, memory);
        }
        catch (OnnxRuntimeException)
        {
            return null; // slower, and as good
        }
    }

    private InferenceSession Open(Func<SessionOptions, InferenceSession> open) => Open(provider =>
    {
        using var options = NewSessionOptions(_options, provider, OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        options.AddSessionConfigEntry("session.force_spinning_stop", "1");                      // else a part's threads wait busily while the next part runs
        options.EnableMemoryPattern = false;                                                   // a pattern allots every map of a run at its start
        options.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");    // weights outside the pool, which grows by doubling
        return open(options);
    });

    /// <summary>Opens a model by a function that is given the provider, null for the CPU.</summary>
    internal InferenceSession Open(Func<ExecutionProvider?, InferenceSession> open)
    {
        if (Provider is not { } provider) { return open(null); }
        try
        {
            return Placed(open(provider), provider);
        }
        catch (Exception exception) when (DeviceFailure.Is(exception))
        {
            var reason = DeviceFailure.ExplainRefusal(provider, exception);
            if (!MayFallBack) { throw Unusable(_options, provider, reason, exception); }
            var session = open(null); // a model that no device opens says so here, in ONNX Runtime's own words
            _nodes.TryRemove(PartOf(session), out _);
            _refusal ??= reason;
            return session;
        }
    }

    private InferenceSession Placed(InferenceSession session, ExecutionProvider provider)
    {
        if (NodePlacement.Of(session) is not { } nodes)
        {
            _untold = true;
            return session;
        }
        _nodes[PartOf(session)] = nodes;
        if (MayFallBack || nodes.Any(node => node.Provider == provider.Name)) { return session; }
        session.Dispose();
        throw Unusable(_options, provider, NothingRuns(nodes.Count));
    }

    private bool RunsSome => _untold || Nodes.Any(node => node.Provider == _provider?.Name);

    private static string PartOf(InferenceSession session) => string.Join(' ', session.OutputNames);

    internal static string Describe(ExecutionProvider provider, int index, IReadOnlyCollection<PlacedNode> nodes)
    {
        var name = provider.DeviceName(index);
        var elsewhere = nodes.Where(node => node.Provider != provider.Name).ToList();
        return elsewhere.Count == 0 ? name
            : elsewhere.Count == nodes.Count ? $"cpu ({name}: {NothingRuns(nodes.Count)})"
            : $"{name} ({elsewhere.Count} of {nodes.Count} nodes on the CPU: {string.Join(", ", elsewhere.Select(node => node.Operator).Distinct().Order(StringComparer.Ordinal))})";
    }

    /// <summary>Options of a session on a provider, null for the CPU.</summary>
    internal static SessionOptions NewSessionOptions(DeviceOptions options, ExecutionProvider? provider, OrtLoggingLevel level)
    {
        var session = new SessionOptions { LogSeverityLevel = level };
        try
        {
            if (options.Threads > 0) { session.IntraOpNumThreads = options.Threads; }
            if (provider is null) { return session; }
            NodePlacement.Record(session);
            provider.AppendTo(session, options);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static string NothingRuns(int nodes) => $"it runs none of the {nodes} nodes.";

    private static InvalidOperationException Unusable(DeviceOptions options, ExecutionProvider provider, string reason, Exception? cause = null)
        => new($"Device {provider.DeviceName(options.Index)} cannot be used: {reason} Or choose another device; with {nameof(DeviceOptions)}.{nameof(DeviceOptions.AllowFallback)} the network runs on the CPU instead.", cause);
}
