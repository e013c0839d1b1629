using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DepthPro.Scoring.Devices;

/// <summary>ONNX Runtime's native library, as the C# binding has loaded it.</summary>
internal static partial class OnnxRuntimeLibrary
{
    private static readonly Lazy<string?> Loaded = new(Find);

    /// <summary>The library's file; null when this process has not loaded it, or does not say from where.</summary>
    public static string? File => Loaded.Value;

    private static string? Find()
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Select(module => module.FileName).FirstOrDefault(file => Name().IsMatch(Path.GetFileName(file)));
    }

    [GeneratedRegex(@"^(onnxruntime\.dll|libonnxruntime\.so[.\d]*|libonnxruntime\.[.\d]*dylib)$")]
    private static partial Regex Name();
}
