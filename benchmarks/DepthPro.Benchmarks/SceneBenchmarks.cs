using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using DepthPro.Training.Scenes;

namespace DepthPro.Benchmarks;

/// <summary>One scene of 256 x 256 pixels, generated and rendered, on one core; the mean over many seeds.</summary>
[InProcess, MemoryDiagnoser]
public class SceneBenchmarks
{
    private const int Side = 256;

    private long _seed;

    [Benchmark]
    public Scene GeneratePlain() => Scene.Generate(_seed++, SceneOptions.Plain);

    [Benchmark]
    public RenderedScene Plain() => Render(_seed++, SceneOptions.Plain);

    [Benchmark]
    public RenderedScene Wide() => Render(_seed++, SceneOptions.Wide);

    /// <summary>Processor time of the same on a machine that others use, too: of this process's thread, so that waiting does not count.</summary>
    public static void PrintProcessorTime(SceneOptions options, string name)
    {
        const int Scenes = 300;
        for (var seed = 0; seed < 60; seed++) { Render(-seed, options); } // tiers of the compiler
        var process = Process.GetCurrentProcess();
        var (start, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        for (var seed = 0; seed < Scenes; seed++) { Render(seed, options); }
        process.Refresh();
        var each = (process.TotalProcessorTime - start).TotalMilliseconds / Scenes;
        Console.WriteLine(FormattableString.Invariant($"{name}: {each:f1} ms processor time a scene of {Side} x {Side}, {1000 / each:f0} a second and core (wall clock {clock.Elapsed.TotalMilliseconds / Scenes:f1} ms)"));
    }

    private static RenderedScene Render(long seed, SceneOptions options)
    {
        var scene = Scene.Generate(seed, options);
        return scene.Render(Side, Side, scene.AspectRatio);
    }
}
