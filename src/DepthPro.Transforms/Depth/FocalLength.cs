namespace DepthPro;

/// <summary>Conversions between field of view, 35 mm equivalent and focal length in pixels. Pure; thread-safe.</summary>
public static class FocalLength
{
    // torch.deg2rad multiplies by this constant rounded to float32.
    private const float RadiansPerDegree = (float)(Math.PI / 180);

    // Diagonal of a frame of 35 mm film, 36 x 24 mm.
    private static readonly double FilmDiagonalMillimeters = Math.Sqrt(36.0 * 36.0 + 24.0 * 24.0);

    /// <summary>Focal length, pixels, of a photo <paramref name="width"/> pixels wide that spans <paramref name="fieldOfViewDegrees"/>
    /// horizontally: 0.5 W / tan(0.5 fov).</summary>
    /// <remarks>Rounds as the reference does in float32. NaN in, NaN out; the network may return angles outside (0, 180), for which
    /// the formula is followed without a check, so that the caller sees a focal length that is not positive. Source: ml-depth-pro,
    /// <c>depth_pro.py</c>, <c>DepthPro.infer</c>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not positive.</exception>
    public static float FromFieldOfView(float fieldOfViewDegrees, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var halfAngle = 0.5f * (fieldOfViewDegrees * RadiansPerDegree);
        // torch evaluates "number / tensor" as the tensor's reciprocal times the number.
        return 1f / (float)Math.Tan(halfAngle) * (0.5f * width);
    }

    /// <summary>Horizontal field of view, degrees, in (0, 180) for positive focal lengths; NaN in, NaN out.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not positive.</exception>
    public static float ToFieldOfView(float focalLengthPixels, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return (float)(2 * Math.Atan(0.5 * width / focalLengthPixels) * (180 / Math.PI));
    }

    /// <summary>Focal length, pixels, from one equivalent on 35 mm film, by the ratio of the diagonals: mm sqrt(W² + H²) / sqrt(36² +
    /// 24²).</summary>
    /// <remarks>NaN in, NaN out. Source: ml-depth-pro, <c>utils.py</c>, <c>fpx_from_f35</c> (in double precision, like it).</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="height"/> is not positive.</exception>
    public static float From35mm(double millimeters, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return (float)(millimeters * Diagonal(width, height) / FilmDiagonalMillimeters);
    }

    /// <summary>The focal length, in the pixels of a photo that was scaled from one width to another.</summary>
    internal static float OfScaled(float focalLengthPixels, int width, int scaledWidth) => (float)((double)focalLengthPixels * scaledWidth / width);

    internal static double Diagonal(int width, int height) => Math.Sqrt((double)width * width + (double)height * height);
}
