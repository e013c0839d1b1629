using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DepthPro.Scoring;

namespace DepthPro.SideBySide;

/// <summary>What a contestant in C# does in its process.</summary>
internal static class Timed
{
    // A small network runs often, for its first runs are not its fastest.
    private const double LeastSeconds = 3;

    /// <summary>Opens a network, runs it at least twice, prints the seconds, and writes canonical inverse depth and field of view.</summary>
    /// <param name="inputPath">Network input, float32.</param>
    /// <param name="outputPath">The file to write, float32.</param>
    /// <param name="open">Opens the network: what to dispose, and how to run it.</param>
    public static void Run(string inputPath, string outputPath, Func<(IDisposable Network, Func<float[], DepthScore> Score)> open)
    {
        float[] input = [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(inputPath))];
        var (network, score) = Measure("opened", open);
        using (network)
        {
            Measure("first", () => score(input));
            var (watch, last) = (Stopwatch.StartNew(), (DepthScore?)null);
            do { last = Measure("run", () => score(input)); }
            while (watch.Elapsed.TotalSeconds < LeastSeconds);
            var (inverseDepth, degrees) = last;
            using var file = File.Create(outputPath);
            file.Write(MemoryMarshal.AsBytes<float>(inverseDepth));
            file.Write(MemoryMarshal.AsBytes<float>([degrees]));
        }
    }

    private static T Measure<T>(string what, Func<T> run)
    {
        var watch = Stopwatch.StartNew();
        var result = run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {watch.Elapsed.TotalSeconds:f4}"));
        return result;
    }
}
