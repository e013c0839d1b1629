using System.Text.Json.Serialization;

namespace DepthPro;

/// <summary>Where ONNX Runtime runs the network.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExecutionDevice>))]
public enum ExecutionDevice
{
    /// <summary>CUDA if it loads, else CoreML or DirectML if built in, else the CPU; never TensorRT, which builds engines for minutes.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; needs the package Microsoft.ML.OnnxRuntime.Gpu, and CUDA and cuDNN on the machine.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU through TensorRT; needs what CUDA needs, and TensorRT.</summary>
    TensorRt,

    /// <summary>A GPU on Windows; needs the package Microsoft.ML.OnnxRuntime.DirectML.</summary>
    DirectMl,

    /// <summary>Apple's GPU or neural engine; needs the package Microsoft.ML.OnnxRuntime on a Mac.</summary>
    CoreMl,

    /// <summary>Intel's OpenVINO; needs the package Intel.ML.OnnxRuntime.OpenVino.</summary>
    OpenVino,

    /// <summary>A GPU through WebGPU; needs a build of ONNX Runtime that has it built in, and a driver for Vulkan, Direct3D 12 or Metal.</summary>
    WebGpu,
}
