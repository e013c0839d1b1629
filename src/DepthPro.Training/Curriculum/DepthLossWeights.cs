namespace DepthPro.Training;

/// <summary>How much each loss counts. The paper's are 1 or 0 (table 17). Immutable, thread-safe.</summary>
public sealed record DepthLossWeights
{
    /// <summary>The paper's first stage: MAE and, on synthetic photos, SSI-MAGE; the scale-and-shift-invariant MAE where depth is not metric; a fifth trimmed where it is real.</summary>
    public static DepthLossWeights Stage1 { get; } = new() { Mae = 1, SsiMage = 1 };

    /// <summary>The paper's second stage, of metric synthetic photos: MAE, MSE, MAGE, MALE, MSGE.</summary>
    public static DepthLossWeights Stage2 { get; } = new() { Mae = 1, Mse = 1, Mage = 1, Male = 1, Msge = 1 };

    /// <summary>Of the mean absolute error; on photos without a scale, after normalisation.</summary>
    public float Mae { get; init; }

    /// <summary>Of the mean squared error.</summary>
    public float Mse { get; init; }

    /// <summary>Of the gradients' absolute error over scales.</summary>
    public float Mage { get; init; }

    /// <summary>Of the Laplacians' absolute error over scales.</summary>
    public float Male { get; init; }

    /// <summary>Of the gradients' squared error over scales.</summary>
    public float Msge { get; init; }

    /// <summary>Of the gradients' absolute error over scales after normalisation.</summary>
    public float SsiMage { get; init; }
}
