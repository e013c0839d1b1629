namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>Which part of its rectangle a patch covers.</summary>
internal enum PatchShape
{
    /// <summary>All of it.</summary>
    Rectangle,

    /// <summary>The ellipse that touches its sides.</summary>
    Ellipse,

    /// <summary>The half at its first corner.</summary>
    Triangle,
}
