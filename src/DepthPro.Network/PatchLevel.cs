namespace DepthPro.Network;

/// <summary>One level of the image pyramid and how it is cut into ViT-sized, overlapping square patches. Immutable, thread-safe.</summary>
/// <remarks>Source: ml-depth-pro, <c>network/encoder.py</c>, <c>DepthProEncoder.split</c> and <c>merge</c>.</remarks>
/// <param name="Downscale">The level's scale is 1 / <paramref name="Downscale"/> of the network input.</param>
/// <param name="Size">Side of the level, pixels.</param>
/// <param name="Steps">Patches along one side.</param>
/// <param name="Stride">Distance between neighbouring patches, pixels.</param>
/// <param name="Seam">Tokens cropped from a patch at every side where it meets a neighbour: half the overlap.</param>
/// <param name="First">Index of the level's first patch among all patches.</param>
public readonly record struct PatchLevel(int Downscale, int Size, int Steps, int Stride, int Seam, int First)
{
    /// <summary>Number of patches of this level.</summary>
    public int Count => Steps * Steps;
}
