namespace DepthPro;

/// <summary>What a prediction is forgiven before it is compared with the truth: nothing for metric depth, scale or scale and shift for
/// relative depth.</summary>
public enum DepthAlignment
{
    /// <summary>Nothing: metres against metres.</summary>
    None,

    /// <summary>Scale: the prediction is multiplied by the median of the truth over the median of the prediction.</summary>
    Median,

    /// <summary>Scale and shift of depth, by least squares.</summary>
    Affine,

    /// <summary>Scale and shift of inverse depth, by least squares of inverse depth.</summary>
    AffineInverse,
}
