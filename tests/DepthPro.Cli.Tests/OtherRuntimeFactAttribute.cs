namespace DepthPro.Cli.Tests;

/// <summary>A test with a native library of ONNX Runtime that was built for the CPU only; DEPTHPRO_TEST_CPU_ONNXRUNTIME is its path.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OtherRuntimeFactAttribute : FactAttribute
{
    private const string Variable = "DEPTHPRO_TEST_CPU_ONNXRUNTIME";

    public OtherRuntimeFactAttribute()
    {
        if (Library is null) { Skip = $"needs a CPU-only build of ONNX Runtime; set {Variable} to its library (docs/devices.md)."; }
    }

    /// <summary>The library's path.</summary>
    public static string? Library { get; } = Environment.GetEnvironmentVariable(Variable);
}
