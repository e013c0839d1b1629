using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The trainers of depth estimation: <c>mlContext.DepthEstimation.Trainers</c>. Packages that train extend it. Thread-safe.</summary>
public sealed class DepthEstimationTrainers
{
    internal DepthEstimationTrainers(IHostEnvironment environment) => Environment = environment;

    /// <summary>Where trainers log to.</summary>
    internal IHostEnvironment Environment { get; }
}
