using DepthPro.Formats;

namespace DepthPro;

/// <summary>What becomes of a depth map in a mesh. Immutable, thread-safe.</summary>
public sealed record MeshOptions
{
    // So that a quad and the largest mesh's file, which has a 32-bit length, are both possible.
    private const int FewestVertices = 4, MostVertices = 1 << 24;

    // What graphics cards of today take.
    private const int LargestTextureSide = 1 << 14;

    /// <summary>Metres; pixels that are farther are left out, as the sky is, which viewers would zoom out to. Above 0; 250 unless given, as far as pictures of depth show; infinity: none is.</summary>
    public float FarthestMeters { get; init; } = 250;

    /// <summary>Where the farthest corner of a triangle is farther than its nearest by more than this share of the nearest, the triangle is left out: an
    /// object's edge, not a surface. Above 0; 0.1 unless given; infinity: none is.</summary>
    public float LargestJump { get; init; } = 0.1f;

    /// <summary>The largest number of vertices, 4 to 2^24; 250,000 unless given. Of larger photos evenly spaced rows and columns are taken, the outermost among them.</summary>
    public int MaxVertices { get; init; } = 250_000;

    /// <summary>The longer side of the texture, pixels, 1 to 16,384; 4,096 unless given. A larger photo is scaled down to it.</summary>
    public int MaxTextureSide { get; init; } = 4096;

    internal void Validate()
    {
        CameraPoints.CheckFarthest(FarthestMeters, nameof(FarthestMeters));
        if (!(LargestJump > 0)) { throw new ArgumentOutOfRangeException(nameof(LargestJump), LargestJump, FormattableString.Invariant($"{nameof(LargestJump)} is {LargestJump}; expected a share of the depth above 0, or infinity for no cuts.")); }
        if (MaxVertices is < FewestVertices or > MostVertices) { throw new ArgumentOutOfRangeException(nameof(MaxVertices), MaxVertices, $"{nameof(MaxVertices)} is {MaxVertices}; expected {FewestVertices} to {MostVertices}."); }
        if (MaxTextureSide is < 1 or > LargestTextureSide) { throw new ArgumentOutOfRangeException(nameof(MaxTextureSide), MaxTextureSide, $"{nameof(MaxTextureSide)} is {MaxTextureSide}; expected 1 to {LargestTextureSide} pixels."); }
    }
}
