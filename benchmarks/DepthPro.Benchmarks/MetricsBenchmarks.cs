using BenchmarkDotNet.Attributes;

namespace DepthPro.Benchmarks;

/// <summary>All metrics of one pair of 1536 x 1536 pixels, on one core. A map of that size is 9.4 MB.</summary>
[InProcess, MemoryDiagnoser]
public class MetricsBenchmarks
{
    private readonly float[] _noise = Noise(1), _otherNoise = Noise(2), _noiseMask = [.. Noise(3).Select(v => v > 1.5f ? 1f : 0f)];

    [Benchmark]
    public BoundaryMetrics WeightedBoundaryF1() => BoundaryMetrics.Of(ScenePair.Prediction, ScenePair.Truth, ScenePair.Side, ScenePair.Side);

    [Benchmark]
    public MaskBoundaryMetrics MaskRecall() => MaskBoundaryMetrics.Of(ScenePair.Prediction, ScenePair.Mask, ScenePair.Side, ScenePair.Side);

    // Noise has contours everywhere: the most work there can be.
    [Benchmark]
    public BoundaryMetrics WeightedBoundaryF1OfNoise() => BoundaryMetrics.Of(_noise, _otherNoise, ScenePair.Side, ScenePair.Side);

    [Benchmark]
    public MaskBoundaryMetrics MaskRecallOfNoise() => MaskBoundaryMetrics.Of(_noise, _noiseMask, ScenePair.Side, ScenePair.Side);

    [Benchmark]
    public DepthMetrics Standard() => DepthMetrics.Of(ScenePair.Prediction, ScenePair.Truth);

    [Benchmark]
    public DepthMetrics StandardAlignedInInverseDepth() => DepthMetrics.Of(ScenePair.Prediction, ScenePair.Truth, new() { Alignment = DepthAlignment.AffineInverse });

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, ScenePair.Side * ScenePair.Side).Select(_ => 1 + random.NextSingle())];
    }
}
