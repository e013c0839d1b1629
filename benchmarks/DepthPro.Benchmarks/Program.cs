using System.Globalization;
using BenchmarkDotNet.Running;
using DepthPro;
using DepthPro.Benchmarks;
using DepthPro.Training.Scenes;

if (args is ["--write-pair", var folder])
{
    ScenePair.Write(folder);
    Console.WriteLine($"boundary F1 {BoundaryMetrics.Of(ScenePair.Prediction, ScenePair.Truth, ScenePair.Side, ScenePair.Side).F1:R}");
    Console.WriteLine($"mask recall {MaskBoundaryMetrics.Of(ScenePair.Prediction, ScenePair.Mask, ScenePair.Side, ScenePair.Side).Recall:R}");
    return;
}
if (args is ["--write-scenes", var sheet, "plain" or "wide", var firstSeed])
{
    SceneSheet.Write(sheet, args[2] == "wide" ? SceneOptions.Wide : SceneOptions.Plain, long.Parse(firstSeed, CultureInfo.InvariantCulture));
    return;
}
if (args is ["--scene-times"])
{
    SceneBenchmarks.PrintProcessorTime(SceneOptions.Plain, "plain");
    SceneBenchmarks.PrintProcessorTime(SceneOptions.Wide, "wide");
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(ScenePair).Assembly).Run(args);
