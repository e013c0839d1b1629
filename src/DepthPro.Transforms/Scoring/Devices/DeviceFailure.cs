using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring.Devices;

/// <summary>Why a device cannot be had, in a user's words: what is missing by name, and what to install.</summary>
internal static partial class DeviceFailure
{
    /// <summary>Whether an exception says that a provider cannot be set up, rather than that our code is wrong.</summary>
    public static bool Is(Exception exception) => exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or NotSupportedException;

    /// <summary>Cause and remedy, from what ONNX Runtime answered to an attempt to use the provider.</summary>
    public static string Explain(ExecutionProvider provider, Exception exception)
        => exception switch
        {
            EntryPointNotFoundException => NotBuiltIn(provider),
            NotSupportedException => exception.Message,
            _ when NotInThisBuild().IsMatch(exception.Message) => NotBuiltIn(provider),
            _ when provider.Library is { } library && MissingLibrary.Of(library) is { } missing => $"{missing.Message} {(missing.IsProvider ? $"Install {provider.Package}" : $"The device needs {provider.Machine}")}.",
            _ => $"{Said(exception)} The device needs {provider.Machine}.",
        };

    /// <summary>Cause and remedy, when a provider that can be used does not take a model.</summary>
    public static string ExplainRefusal(ExecutionProvider provider, Exception exception)
        => exception is not OnnxRuntimeException || NotInThisBuild().IsMatch(exception.Message) ? Explain(provider, exception)
            : OutOfMemory().IsMatch(exception.Message) ? $"It lacks the memory to open the network. {Said(exception)} Free memory of the device, or open a part of the network at a time with {nameof(ScoringOptions)}.{nameof(ScoringOptions.ResidentWeights)} = {nameof(ResidentWeights.OneStage)}."
            : $"It does not take the network. {Said(exception)} Look whether the model opens on the CPU, and update the device's driver.";

    private static string Said(Exception exception) => $"ONNX Runtime says: {OneLine().Replace(Whereabouts().Replace(exception.Message, ""), " ").TrimEnd(' ', '.')}.";

    private static string NotBuiltIn(ExecutionProvider provider)
        => $"This build of ONNX Runtime has no {provider.Name}; it has {string.Join(", ", OrtEnv.Instance().GetAvailableProviders())}. Install {provider.Package} in place of the native package that is there.";

    [GeneratedRegex("not (enabled|supported) in this build|Unknown provider name|Ensure .* is built", RegexOptions.IgnoreCase)]
    private static partial Regex NotInThisBuild();

    [GeneratedRegex("out of memory|failed to allocate|bad.?alloc|not enough memory|CUDA failure 2\\b|ALLOC_FAILED", RegexOptions.IgnoreCase)]
    private static partial Regex OutOfMemory();

    // "[ErrorCode:Fail] /onnxruntime_src/x.cc:100 void f() condition was false. " before the message itself
    [GeneratedRegex(@"^\[ErrorCode:\w+\]\s*(\S+:\d+ .* was false\.\s*)?", RegexOptions.Singleline)]
    private static partial Regex Whereabouts();

    [GeneratedRegex(@"\s+")]
    private static partial Regex OneLine();
}
