using BenchmarkDotNet.Running;
using DepthPro;
using DepthPro.Benchmarks;

if (args is ["--write-pair", var folder])
{
    ScenePair.Write(folder);
    Console.WriteLine($"boundary F1 {BoundaryMetrics.Of(ScenePair.Prediction, ScenePair.Truth, ScenePair.Side, ScenePair.Side).F1:R}");
    Console.WriteLine($"mask recall {MaskBoundaryMetrics.Of(ScenePair.Prediction, ScenePair.Mask, ScenePair.Side, ScenePair.Side).Recall:R}");
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(ScenePair).Assembly).Run(args);
