using DepthPro.Network.Onnx;

namespace DepthPro.Scoring;

/// <summary>Decides whether a network stays in memory as a whole.</summary>
internal static class WeightResidence
{
    // At full size the weights take 3.9 GB, and an estimate needs up to 8.0 GB with them (benchmarks/SideBySide).
    private const double TimesTheWeights = 2.5;

    /// <summary>The choice itself, or what <see cref="ResidentWeights.Auto"/> comes to for a model on this machine.</summary>
    /// <param name="choice">What the caller wants.</param>
    /// <param name="model">The model to be opened.</param>
    /// <param name="availableBytes">Memory that the process may use; null asks the runtime, which knows of container limits.</param>
    public static ResidentWeights Resolve(this ResidentWeights choice, DepthProModel model, long? availableBytes = null)
        => choice != ResidentWeights.Auto ? choice
            : (availableBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) >= TimesTheWeights * Float32Bytes(model) ? ResidentWeights.All : ResidentWeights.OneStage;

    // Float16 weights are widened when a part is opened, or on the CPU as it runs. Integers are not, but what an estimate needs besides them is as much as ever: at full size 8 bits take 1.0 to 1.3 GB,
    // and 4 bits 0.8 GB, with which an estimate needs 3.8 GB.
    private static long Float32Bytes(DepthProModel model)
        => (model.Manifest?.Files.Sum(file => file.Bytes) ?? 0) * model.WeightPrecision switch
        {
            WeightPrecision.Int4WeightOnly => 3,
            WeightPrecision.Float16 or WeightPrecision.Float16Compute or WeightPrecision.Int8 or WeightPrecision.Int8WeightOnly => 2,
            _ => 1,
        };
}
