using DepthPro.Visuals;

namespace DepthPro;

/// <summary>Pictures of depth maps. Pure; thread-safe.</summary>
public static class DepthVisuals
{
    // Source: ml-depth-pro, cli/run.py.
    private const float NearestMeters = 0.1f;
    private const float FarthestMeters = 250;

    /// <summary>Turbo over inverse depth, clipped to [0.1 m, 250 m] and stretched between the map's own extremes: near is red, far is
    /// blue.</summary>
    /// <remarks>NaN is black; a map of one depth is all dark blue. Source: ml-depth-pro, <c>cli/run.py</c>.</remarks>
    public static Photo Colorize(DepthMap depth)
    {
        ArgumentNullException.ThrowIfNull(depth);
        var (min, max) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var meters in depth.Meters)
        {
            if (float.IsNaN(meters)) { continue; }
            var inverse = ClippedInverse(meters);
            (min, max) = (Math.Min(min, inverse), Math.Max(max, inverse));
        }

        return Colorize(depth.Width, depth.Height, depth.Meters, min, max);
    }

    /// <summary>Turbo over inverse depth, stretched between two depths, so that several maps can be compared by colour: <paramref name="nearestMeters"/> is red,
    /// <paramref name="farthestMeters"/> blue.</summary>
    /// <param name="depth">NaN is black.</param>
    /// <param name="nearestMeters">Metres; what is nearer has the same colour. Clipped to [0.1 m, 250 m], like <paramref name="farthestMeters"/>.</param>
    /// <param name="farthestMeters">Metres; what is farther has the same colour.</param>
    /// <exception cref="ArgumentOutOfRangeException">The depths are not numbers in ascending order.</exception>
    public static Photo Colorize(DepthMap depth, float nearestMeters, float farthestMeters)
    {
        ArgumentNullException.ThrowIfNull(depth);
        return nearestMeters <= farthestMeters
            ? Colorize(depth.Width, depth.Height, depth.Meters, ClippedInverse(farthestMeters), ClippedInverse(nearestMeters))
            : throw new ArgumentOutOfRangeException(nameof(nearestMeters), (nearestMeters, farthestMeters), $"Colours go from {nearestMeters} to {farthestMeters} m; expected the nearest depth first.");
    }

    /// <summary>Turbo over relative errors, whatever their sign: dark blue for none, dark red for <paramref name="worst"/> and more, black for NaN.</summary>
    internal static Photo ColorizeErrors(int width, int height, ReadOnlySpan<float> relative, float worst)
    {
        var rgb = GC.AllocateUninitializedArray<byte>(checked(width * height * 3));
        for (var i = 0; i < relative.Length; i++)
        {
            (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) = TurboColormap.Of(MathF.Abs(relative[i]) / worst);
        }
        return Photo.Adopt(width, height, rgb, "errors");
    }

    /// <summary>Two pictures of the same height beside each other.</summary>
    /// <exception cref="ArgumentException">The heights differ.</exception>
    public static Photo SideBySide(Photo left, Photo right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Height != right.Height)
        {
            throw new ArgumentException($"Left picture is {left.Height} pixels high and the right one {right.Height}; expected the same height.", nameof(right));
        }
        var (leftStride, rightStride) = (left.Width * 3, right.Width * 3);
        var rgb = GC.AllocateUninitializedArray<byte>(checked((leftStride + rightStride) * left.Height));
        for (var y = 0; y < left.Height; y++)
        {
            var row = rgb.AsSpan(y * (leftStride + rightStride), leftStride + rightStride);
            left.Rgb.Slice(y * leftStride, leftStride).CopyTo(row);
            right.Rgb.Slice(y * rightStride, rightStride).CopyTo(row[leftStride..]);
        }
        return Photo.Adopt(left.Width + right.Width, left.Height, rgb, left.Name);
    }

    private static Photo Colorize(int width, int height, ReadOnlySpan<float> meters, float min, float max)
    {
        var range = max > min ? max - min : 1;
        var rgb = GC.AllocateUninitializedArray<byte>(checked(width * height * 3));
        for (var i = 0; i < meters.Length; i++)
        {
            (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) = TurboColormap.Of((ClippedInverse(meters[i]) - min) / range);
        }
        return Photo.Adopt(width, height, rgb, "depth");
    }

    private static float ClippedInverse(float meters) => 1 / Math.Clamp(meters, NearestMeters, FarthestMeters);
}
