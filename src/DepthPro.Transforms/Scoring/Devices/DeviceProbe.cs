using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring.Devices;

/// <summary>Finds out whether a device can be used, by opening a model of one operation on it. Thread-safe.</summary>
internal static class DeviceProbe
{
    private static readonly Lazy<byte[]> SmallestModel = new(WriteSmallestModel);
    private static readonly Lock Silence = new();

    /// <summary>Why a device cannot be used; null when it can.</summary>
    public static string? WhyNot(DeviceOptions options)
    {
        AvailableProviders();
        return ExecutionProvider.Of(options.Device) is { } provider ? WhyNot(options, provider) : null;
    }

    /// <summary>Why a provider cannot be used; null when it can.</summary>
    public static string? WhyNot(DeviceOptions options, ExecutionProvider provider)
    {
        // ONNX Runtime prints on stderr why a provider does not load; the reason goes to whoever asked, and nobody asked in auto mode.
        lock (Silence)
        {
            var environment = OrtEnv.Instance();
            var level = environment.EnvLogLevel;
            environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            try
            {
                using var session = DeviceSession.NewSessionOptions(options, provider, OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
                new InferenceSession(SmallestModel.Value, session).Dispose();
                return null;
            }
            catch (Exception exception) when (DeviceFailure.Is(exception))
            {
                return DeviceFailure.Explain(provider, exception);
            }
            finally
            {
                environment.EnvLogLevel = level;
            }
        }
    }

    /// <summary>The providers of this build of ONNX Runtime, by its names.</summary>
    /// <exception cref="InvalidOperationException">ONNX Runtime itself is missing.</exception>
    public static string[] AvailableProviders()
    {
        try
        {
            return OrtEnv.Instance().GetAvailableProviders();
        }
        catch (TypeInitializationException exception) when (exception.GetBaseException() is DllNotFoundException)
        {
            throw new InvalidOperationException("ONNX Runtime's native library was not found beside the application. Add the package Microsoft.ML.OnnxRuntime, or for NVIDIA GPUs Microsoft.ML.OnnxRuntime.Gpu, to the application's project.", exception);
        }
    }

    private static byte[] WriteSmallestModel()
    {
        var graph = new Graph("probe");
        graph.Output("y", graph.Input("x", 1, 1, 8, 8).Relu());
        using var model = new MemoryStream();
        OnnxWriter.WriteWithoutWeights(graph, model);
        return model.ToArray();
    }
}
