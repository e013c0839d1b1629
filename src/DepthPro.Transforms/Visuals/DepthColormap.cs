namespace DepthPro;

/// <summary>The colours of a picture of depth, each from far to near. Unknown depth is black, or dark green where black is the farthest.</summary>
public enum DepthColormap
{
    /// <summary>Dark blue, through green, to dark red: the most shades, and the reference's choice.</summary>
    Turbo,

    /// <summary>Dark violet, through green, to yellow: evenly lighter, also in grey and to colour-blind eyes.</summary>
    Viridis,

    /// <summary>Black, through violet and orange, to pale yellow: evenly lighter, also in grey and to colour-blind eyes.</summary>
    Magma,

    /// <summary>Black to white.</summary>
    Grey,
}
