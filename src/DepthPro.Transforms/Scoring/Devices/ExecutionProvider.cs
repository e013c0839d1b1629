using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring.Devices;

/// <summary>ONNX Runtime's name for what runs nodes on a device, and what that needs.</summary>
/// <param name="Device">The device.</param>
/// <param name="Name">ONNX Runtime's name, as in <see cref="OrtEnv.GetAvailableProviders"/> and in where nodes were placed.</param>
/// <param name="Library">The library that holds the provider, without prefix and extension; null when it is part of ONNX Runtime's.</param>
/// <param name="Package">What brings the provider.</param>
/// <param name="Machine">What else the machine must have.</param>
internal sealed record ExecutionProvider(ExecutionDevice Device, string Name, string? Library, string Package, string Machine)
{
    public const string Cpu = "CPUExecutionProvider";

    private const string DeviceId = "device_id"; // of CUDA's and TensorRT's provider
    private const string GpuPackage = "the package Microsoft.ML.OnnxRuntime.Gpu";
    private const string Nvidia = "an NVIDIA GPU with its driver, CUDA and cuDNN 9 with their libraries on the search path (LD_LIBRARY_PATH, on Windows PATH)";

    private static readonly ExecutionProvider[] All =
    [
        new(ExecutionDevice.Cuda, "CUDAExecutionProvider", "onnxruntime_providers_cuda", GpuPackage, Nvidia),
        new(ExecutionDevice.TensorRt, "TensorrtExecutionProvider", "onnxruntime_providers_tensorrt", GpuPackage, $"{Nvidia}, and TensorRT 10"),
        new(ExecutionDevice.DirectMl, "DmlExecutionProvider", null, "the package Microsoft.ML.OnnxRuntime.DirectML, on Windows,", "a GPU with a driver for Direct3D 12"),
        new(ExecutionDevice.CoreMl, "CoreMLExecutionProvider", null, "the package Microsoft.ML.OnnxRuntime, on a Mac,", "macOS 10.15 or later"),
        new(ExecutionDevice.OpenVino, "OpenVINOExecutionProvider", "onnxruntime_providers_openvino", "the package Intel.ML.OnnxRuntime.OpenVino", "OpenVINO"),
        new(ExecutionDevice.WebGpu, "WebGpuExecutionProvider", null, "a build of ONNX Runtime that has WebGPU", "a GPU with a driver for Vulkan, Direct3D 12 or Metal"),
    ];

    // Source: ONNX Runtime, "CUDA Execution Provider", on CUDA graphs; "TensorRT Execution Provider".
    private static readonly string[] CudaGraphs = ["enable_cuda_graph", "trt_cuda_graph_enable"], Off = ["0", "false", "False"];

    private bool CountsDevices => Device is ExecutionDevice.Cuda or ExecutionDevice.TensorRt or ExecutionDevice.DirectMl;

    /// <summary>The provider of a device; null for the CPU, which needs none.</summary>
    public static ExecutionProvider? Of(ExecutionDevice device) => All.FirstOrDefault(p => p.Device == device);

    /// <summary>The device as users name it: "cuda:0", "webgpu".</summary>
    public string DeviceName(int index) => CountsDevices ? $"{Device}:{index}".ToLowerInvariant() : $"{Device}".ToLowerInvariant();

    /// <summary>Makes the provider the first choice of a session.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot set it up.</exception>
    /// <exception cref="EntryPointNotFoundException">This build of ONNX Runtime does not know it.</exception>
    /// <exception cref="NotSupportedException">The device has no such option.</exception>
    public void AppendTo(SessionOptions session, DeviceOptions options)
    {
        var settings = SettingsOf(options);
        switch (Device)
        {
            case ExecutionDevice.Cuda:
                using (var cuda = new OrtCUDAProviderOptions())
                {
                    cuda.UpdateOptions(settings);
                    session.AppendExecutionProvider_CUDA(cuda);
                }
                break;
            case ExecutionDevice.TensorRt:
                using (var tensorRt = new OrtTensorRTProviderOptions())
                {
                    tensorRt.UpdateOptions(settings);
                    session.AppendExecutionProvider_Tensorrt(tensorRt);
                }
                break;
            case ExecutionDevice.DirectMl:
                if (settings.Count > 0) { throw new NotSupportedException($"directml takes no provider options; found {string.Join(", ", settings.Keys)}."); }
                session.EnableMemoryPattern = false; // DirectML's documentation demands it
                session.AppendExecutionProvider_DML(options.Index);
                break;
            case ExecutionDevice.CoreMl:
                session.AppendExecutionProvider("CoreML", settings);
                break;
            case ExecutionDevice.OpenVino:
                session.AppendExecutionProvider("OpenVINO", settings);
                break;
            case ExecutionDevice.WebGpu:
                session.AppendExecutionProvider("WebGPU", settings);
                break;
            default:
                throw new NotSupportedException($"Device {Device} has no execution provider.");
        }
    }

    /// <summary>The options that go to the provider: those given, and ours where they say nothing.</summary>
    /// <exception cref="NotSupportedException">The device has no such option.</exception>
    internal Dictionary<string, string> SettingsOf(DeviceOptions options)
    {
        var settings = options.ProviderOptions.ToDictionary();
        if (options.Index != 0 && !CountsDevices) { throw new NotSupportedException($"{nameof(DeviceOptions)}.{nameof(DeviceOptions.Index)} is {options.Index}, and {DeviceName(0)} does not count devices; choose one by provider options."); }
        if (settings.FirstOrDefault(setting => CudaGraphs.Contains(setting.Key) && !Off.Contains(setting.Value)).Key is { } graphs)
        {
            throw new NotSupportedException($"{graphs} is on, and a CUDA graph reads and writes where its first run did; each estimate has memory of its own. Leave it out.");
        }
        if (Device is ExecutionDevice.Cuda or ExecutionDevice.TensorRt)
        {
            var index = $"{options.Index}";
            if (settings.TryGetValue(DeviceId, out var id) && id != index)
            {
                throw new NotSupportedException($"{DeviceId} is {id} among the provider's options, and {nameof(DeviceOptions)}.{nameof(DeviceOptions.Index)} is {index}; expected the same. Choose the device by {nameof(DeviceOptions.Index)} alone.");
            }
            settings[DeviceId] = index;
        }
        if (Device != ExecutionDevice.Cuda) { return settings; }
        settings.TryAdd("use_tf32", "0");
        if (options.ComputesInHalves)
        {
            // Measured (docs/speed.md): what the exhaustive search finds for float16 is several times slower.
            settings.TryAdd("cudnn_conv_algo_search", "HEURISTIC");
            settings.TryAdd("prefer_nhwc", "1");
        }
        return settings;
    }
}
