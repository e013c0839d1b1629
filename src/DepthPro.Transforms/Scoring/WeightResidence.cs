namespace DepthPro.Scoring;

/// <summary>Decides whether a network stays in memory as a whole.</summary>
internal static class WeightResidence
{
    // At full size the weights take 3.8 GB, and an estimate needs up to 7 GB with them (benchmarks/FullSize).
    private const int TimesTheWeights = 2;

    /// <summary>The choice itself, or what <see cref="ResidentWeights.Auto"/> comes to for a model on this machine.</summary>
    /// <param name="choice">What the caller wants.</param>
    /// <param name="model">The model to be opened.</param>
    /// <param name="availableBytes">Memory that the process may use; null asks the runtime, which knows of container limits.</param>
    public static ResidentWeights Resolve(this ResidentWeights choice, DepthProModel model, long? availableBytes = null)
        => choice != ResidentWeights.Auto ? choice
            : (availableBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) >= TimesTheWeights * Float32Bytes(model) ? ResidentWeights.All : ResidentWeights.OneStage;

    // Float16 weights are widened when a part is opened, or on the CPU as it runs. Int8 weights are not, but they take 1.1 GB at full size, and what an estimate needs besides them is as much as ever.
    private static long Float32Bytes(DepthProModel model) => (model.Manifest?.Files.Sum(file => file.Bytes) ?? 0) * (model.Precision is "fp16" or "fp16-compute" or "int8" ? 2 : 1);
}
