namespace DepthPro;

/// <summary>Which device the network runs on, and how. Immutable, thread-safe.</summary>
public sealed record DeviceOptions
{
    /// <summary>The device.</summary>
    public ExecutionDevice Device { get; init; }

    /// <summary>Which of several devices of that kind, from 0; only CUDA, TensorRT and DirectML count theirs.</summary>
    public int Index { get; init; }

    /// <summary>Whether to run on the CPU when the device cannot be had; otherwise that is an error. <see cref="ExecutionDevice.Auto"/> always falls back.</summary>
    public bool AllowFallback { get; init; }

    /// <summary>CPU threads of one run; 0 leaves the choice to ONNX Runtime: one per physical core.</summary>
    public int Threads { get; init; }

    /// <summary>Options handed to ONNX Runtime's execution provider as they are, such as <c>gpu_mem_limit</c> for CUDA; the CPU and DirectML take none.</summary>
    /// <remarks>CUDA multiplies exactly unless <c>use_tf32</c> is set to 1 here; ONNX Runtime's own default, TF32, keeps 10 bits of each factor. For fp16-compute models <c>prefer_nhwc</c> is 1 and <c>cudnn_conv_algo_search</c> HEURISTIC unless set here. CUDA graphs are refused.</remarks>
    public IReadOnlyDictionary<string, string> ProviderOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the network computes in float16; chooses what CUDA's provider does where <see cref="ProviderOptions"/> say nothing.</summary>
    internal bool ComputesInHalves { get; init; }

    /// <summary>A device by its name, as on the command line.</summary>
    public static implicit operator DeviceOptions(ExecutionDevice device) => new() { Device = device };
}
