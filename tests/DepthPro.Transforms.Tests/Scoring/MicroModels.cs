using System.Collections.Concurrent;
using DepthPro.Network;
using DepthPro.Network.Onnx;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Scoring;

/// <summary>The goldens' micro network, converted once from each of its checkpoints into each form.</summary>
public sealed class MicroModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, DepthProModel> _models = new();

    public static NetworkConfig Config { get; } = ModelManifest.Read(Goldens.PathOf("micro", ModelManifest.FileName)).Network;

    public DepthProModel Convert(string checkpoint, WeightPrecision precision = WeightPrecision.Float32, bool singleFile = false)
        => _models.GetOrAdd($"{checkpoint}-{precision}-{singleFile}", name => ModelConverter.Convert(
            Goldens.PathOf("micro", checkpoint), _folder[name], new() { Config = Config, Precision = precision, SingleFile = singleFile }));

    public void Dispose() => _folder.Dispose();
}
