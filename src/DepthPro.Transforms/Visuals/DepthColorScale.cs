namespace DepthPro;

/// <summary>What equal steps of colour stand for.</summary>
public enum DepthColorScale
{
    /// <summary>Equal steps of inverse depth, between 0.1 and 250 m: near depths get most of the colours. The reference's choice.</summary>
    InverseDepth,

    /// <summary>Equal steps of depth.</summary>
    Linear,

    /// <summary>Equal factors of depth.</summary>
    Logarithmic,
}
