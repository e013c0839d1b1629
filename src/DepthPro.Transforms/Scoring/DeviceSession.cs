using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring;

/// <summary>The device that sessions are opened on: chosen once, with the CPU as the way out where the options allow it.</summary>
internal sealed class DeviceSession
{
    private static readonly Dictionary<ExecutionDevice, string> Providers = new()
    {
        [ExecutionDevice.Cuda] = "CUDAExecutionProvider",
        [ExecutionDevice.TensorRt] = "TensorrtExecutionProvider",
        [ExecutionDevice.DirectMl] = "DmlExecutionProvider",
        [ExecutionDevice.CoreMl] = "CoreMLExecutionProvider",
        [ExecutionDevice.OpenVino] = "OpenVINOExecutionProvider",
        [ExecutionDevice.WebGpu] = "WebGpuExecutionProvider",
    };

    private static readonly ExecutionDevice[] AutoOrder = [ExecutionDevice.Cuda, ExecutionDevice.CoreMl, ExecutionDevice.DirectMl];

    private readonly DeviceOptions _options;
    private readonly ExecutionDevice _device;

    private DeviceSession(DeviceOptions options, ExecutionDevice device, string? reason)
    {
        (_options, _device) = (options, device);
        Description = (device == ExecutionDevice.Cpu ? "cpu" : $"{Name(device)}:{options.Index}") + (reason is null ? "" : $" ({reason})");
    }

    /// <summary>The device, and when it is not the one asked for, why: "cuda:0", "cpu (cuda: …)".</summary>
    public string Description { get; }

    public bool IsCpu => _device == ExecutionDevice.Cpu;

    /// <summary>Chooses the device by trying to set its provider up.</summary>
    /// <exception cref="InvalidOperationException">The device cannot be had, and the options do not allow another.</exception>
    public static DeviceSession Choose(DeviceOptions options)
    {
        if (options.Device == ExecutionDevice.Cpu) { return new(options, ExecutionDevice.Cpu, null); }
        if (options.Device == ExecutionDevice.Auto)
        {
            var built = OrtEnv.Instance().GetAvailableProviders();
            var usable = AutoOrder.Where(d => built.Contains(Providers[d])).FirstOrDefault(d => WhyNot(options, d) is null, ExecutionDevice.Cpu);
            return new(options, usable, null);
        }
        if (WhyNot(options, options.Device) is not { } reason) { return new(options, options.Device, null); }
        return options.AllowFallback
            ? new(options, ExecutionDevice.Cpu, $"{Name(options.Device)}: {reason}")
            : throw new InvalidOperationException(
                $"Device {Name(options.Device)}:{options.Index} cannot be used: {reason} Install what is missing, choose another device, or set {nameof(DeviceOptions)}.{nameof(DeviceOptions.AllowFallback)} to run on the CPU.");
    }

    /// <summary>Opens a model on the device.</summary>
    public InferenceSession Open(string path)
    {
        using var options = SessionOptions(_options, _device);
        return new(path, options);
    }

    /// <inheritdoc cref="Open(string)"/>
    public InferenceSession Open(byte[] model)
    {
        using var options = SessionOptions(_options, _device);
        return new(model, options);
    }

    private static string? WhyNot(DeviceOptions options, ExecutionDevice device)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(Providers[device]))
        {
            return $"this build of ONNX Runtime has no {Providers[device]}; it has {string.Join(", ", OrtEnv.Instance().GetAvailableProviders())}.";
        }
        try
        {
            SessionOptions(options, device).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or NotSupportedException)
        {
            return exception.Message;
        }
    }

    private static SessionOptions SessionOptions(DeviceOptions options, ExecutionDevice device)
    {
        var session = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        try
        {
            if (options.Threads > 0) { session.IntraOpNumThreads = options.Threads; }
            if (device == ExecutionDevice.Cpu) { return session; }
            AppendProvider(session, options, device);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void AppendProvider(SessionOptions session, DeviceOptions options, ExecutionDevice device)
    {
        var provider = options.ProviderOptions.ToDictionary();
        switch (device)
        {
            case ExecutionDevice.Cuda:
                provider.TryAdd("device_id", $"{options.Index}");
                using (var cuda = new OrtCUDAProviderOptions())
                {
                    cuda.UpdateOptions(provider);
                    session.AppendExecutionProvider_CUDA(cuda);
                }
                break;
            case ExecutionDevice.TensorRt:
                provider.TryAdd("device_id", $"{options.Index}");
                using (var tensorRt = new OrtTensorRTProviderOptions())
                {
                    tensorRt.UpdateOptions(provider);
                    session.AppendExecutionProvider_Tensorrt(tensorRt);
                }
                break;
            case ExecutionDevice.DirectMl:
                session.AppendExecutionProvider_DML(options.Index);
                break;
            case ExecutionDevice.CoreMl:
                session.AppendExecutionProvider("CoreML", provider);
                break;
            case ExecutionDevice.OpenVino:
                session.AppendExecutionProvider("OpenVINO", provider);
                break;
            case ExecutionDevice.WebGpu:
                session.AppendExecutionProvider("WebGPU", provider);
                break;
            default:
                throw new NotSupportedException($"Device {device} has no execution provider.");
        }
    }

    private static string Name(ExecutionDevice device) => device.ToString().ToLowerInvariant();
}
