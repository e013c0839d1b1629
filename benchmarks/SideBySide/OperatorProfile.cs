using System.Globalization;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.SideBySide;

/// <summary>Where the time of a network or a part of one goes, by operator, as ONNX Runtime's profiler tells it.</summary>
internal static class OperatorProfile
{
    /// <summary>Runs an .onnx file twice on random numbers and prints the second run's operators, the costliest first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">What to take for a free dimension: images at a time.</param>
    /// <param name="threads">Of the run.</param>
    /// <param name="nodes">How many of the costliest nodes to print, too.</param>
    /// <param name="cuda">Options of a CUDA device to run on, or null for the CPU. What is launched there counts only with CUDA_LAUNCH_BLOCKING=1 in the environment.</param>
    public static void Print(string path, int images, int threads, int nodes, IReadOnlyDictionary<string, string>? cuda)
    {
        var folder = Directory.CreateTempSubdirectory("depthpro-profile-");
        try
        {
            var events = Events(Record(path, images, threads, Path.Combine(folder.FullName, "profile"), cuda));
            var total = events.Sum(e => e.Seconds);
            void Line(string name, double seconds, int count)
                => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-90} {count,5} {seconds,9:f3} s {seconds / total,7:p1}"));
            foreach (var op in events.GroupBy(e => e.Operator).OrderByDescending(g => g.Sum(e => e.Seconds))) { Line(op.Key, op.Sum(e => e.Seconds), op.Count()); }
            Line("all", total, events.Count);
            foreach (var node in events.OrderByDescending(e => e.Seconds).Take(nodes)) { Line($"{node.Operator} {node.Node}", node.Seconds, 1); }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Record(string path, int images, int threads, string prefix, IReadOnlyDictionary<string, string>? cuda)
    {
        using var options = new SessionOptions { EnableMemoryPattern = false, IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        (options.ProfileOutputPathPrefix, options.EnableProfiling) = (prefix, true); // in this order: the prefix is read when profiling is switched on
        if (cuda is not null)
        {
            using var provider = new OrtCUDAProviderOptions();
            provider.UpdateOptions(cuda.ToDictionary());
            options.AppendExecutionProvider_CUDA(provider);
        }
        using var session = new InferenceSession(path, options);
        using var run = new RunOptions();
        var random = new Random(1);
        var inputs = session.InputMetadata.Select(input =>
        {
            var shape = input.Value.Dimensions.Select(d => d < 0 ? images : (long)d).ToArray();
            var values = new float[shape.Aggregate(1L, (product, d) => product * d)];
            for (var i = 0; i < values.Length; i++) { values[i] = random.NextSingle() - 0.5f; }
            return (input.Key, Value: OrtValue.CreateTensorValueFromMemory(values, shape));
        }).ToList();
        for (var i = 0; i < 2; i++)
        {
            using var results = session.Run(run, inputs.Select(i => i.Key).ToList(), inputs.Select(i => i.Value).ToList(), session.OutputNames);
        }
        inputs.ForEach(input => input.Value.Dispose());
        return session.EndProfiling();
    }

    private static List<Event> Events(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var all = json.RootElement.EnumerateArray().ToList();
        var secondRun = all.Where(e => e.GetProperty("name").GetString() == "model_run").Select(e => e.GetProperty("ts").GetInt64()).Max();
        return [.. all.Where(e => e.GetProperty("cat").GetString() == "Node" && e.GetProperty("ts").GetInt64() >= secondRun && e.GetProperty("args").TryGetProperty("op_name", out _) && e.GetProperty("name").GetString() is { } name && name.EndsWith("_kernel_time", StringComparison.Ordinal))
            .Select(e => new Event(e.GetProperty("args").GetProperty("op_name").GetString() ?? "", e.GetProperty("name").GetString() ?? "", e.GetProperty("dur").GetInt64() / 1e6))];
    }

    private readonly record struct Event(string Operator, string Node, double Seconds);
}
