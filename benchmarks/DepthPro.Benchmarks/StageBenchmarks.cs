using BenchmarkDotNet.Attributes;
using DepthPro.Depth;
using DepthPro.Network;
using DepthPro.Patches;
using DepthPro.Preprocessing;

namespace DepthPro.Benchmarks;

/// <summary>The stages around the network at its published size, for a photo of one megapixel.</summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private const int Width = 1200, Height = 833;

    private static readonly NetworkConfig Config = new();

    private readonly float[] _input = new float[3 * Config.InputSize * Config.InputSize], _patches = new float[DepthPatches.LengthOf(Config)], _inverseDepth = new float[Config.OutputSize * Config.OutputSize];
    private readonly Photo _photo;
    private readonly DepthMap _depth;

    public StageBenchmarks()
    {
        var random = new Random(1);
        var pixels = new byte[3 * Width * Height];
        random.NextBytes(pixels);
        _photo = Photo.FromPixels(Width, Height, pixels);
        for (var i = 0; i < _inverseDepth.Length; i++) { _inverseDepth[i] = random.NextSingle() + 0.1f; }
        _depth = ToMetricDepth();
    }

    [Benchmark]
    public void PrepareInput() => DepthInput.Prepare(_photo, Config.InputSize, _input);

    [Benchmark]
    public void ExtractPatches() => DepthPatches.Extract(_input, Config, _patches);

    [Benchmark]
    public DepthMap ToMetricDepth() => MetricDepth.FromInverseDepth(_inverseDepth, Config.OutputSize, Width, Height, Width, FocalLengthSource.Given);

    [Benchmark]
    public Photo Colorize() => DepthVisuals.Colorize(_depth);
}
