namespace DepthPro.Training;

/// <summary>How a step changes the parameters: Adam (arXiv:1412.6980) after the gradient's norm over all parameters is clipped. Immutable, thread-safe.</summary>
public sealed record AdamOptions
{
    /// <summary>Share of the gradient's running mean that a step keeps.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Share of the squared gradient's running mean that a step keeps.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of the squared gradient's running mean.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>Largest norm of the gradient over all parameters; a longer one is scaled down to it. The paper's (table 16), for its full-size network, is 0.2.</summary>
    public float LargestNorm { get; init; } = 1;
}
