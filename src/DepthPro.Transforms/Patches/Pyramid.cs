using DepthPro.Preprocessing;

namespace DepthPro.Patches;

/// <summary>The network input at scale 1/2 and 1/4. Pure; thread-safe.</summary>
/// <remarks>Source: ml-depth-pro, <c>network/encoder.py</c>, <c>DepthProEncoder._create_pyramid</c>. Each level is resized from the full
/// one.</remarks>
public static class Pyramid
{
    /// <summary>Resizes three planes, bilinear without antialias: at 1/2 a pixel is the mean of 2 x 2, at 1/4 of the middle 2 x 2 of 4 x
    /// 4.</summary>
    /// <param name="networkInput">(3, size, size).</param>
    /// <param name="size">S, the side of the network input; a multiple of <paramref name="downscale"/>.</param>
    /// <param name="downscale">1 (a copy), 2 or 4.</param>
    /// <param name="level">Receives (3, size / downscale, size / downscale).</param>
    /// <exception cref="ArgumentException">A size is not positive, does not divide or does not fit its span.</exception>
    public static void Level(ReadOnlySpan<float> networkInput, int size, int downscale, Span<float> level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(downscale);
        if (size % downscale != 0)
        {
            throw new ArgumentException($"Network input of side {size} cannot be scaled by 1/{downscale}; expected a multiple of {downscale}.", nameof(size));
        }
        BilinearResize.Planes(networkInput, 3, size, size, level, size / downscale, size / downscale);
    }
}
