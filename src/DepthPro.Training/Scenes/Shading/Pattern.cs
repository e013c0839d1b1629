namespace DepthPro.Training.Scenes.Shading;

/// <summary>How the two colours of a material lie.</summary>
internal enum Pattern
{
    /// <summary>The first colour, a little grainy.</summary>
    Smooth,

    /// <summary>Clouds of both.</summary>
    Mottled,

    /// <summary>Fine blades or fibres of both.</summary>
    Grass,

    /// <summary>Squares in turn.</summary>
    Checker,

    /// <summary>Bands across x.</summary>
    Stripes,

    /// <summary>Wavy bands along y.</summary>
    Waves,

    /// <summary>Boards along y with grain.</summary>
    Wood,

    /// <summary>Bricks 3 : 1 in the first colour, mortar in the second.</summary>
    Brick,

    /// <summary>Square tiles in the first colour, joints in the second.</summary>
    Tiles,

    /// <summary>Grains of the second colour.</summary>
    Speckles,

    /// <summary>A wall of the first colour with a window of the second in each square.</summary>
    Windows,
}
