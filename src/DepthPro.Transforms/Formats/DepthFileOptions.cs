namespace DepthPro;

/// <summary>What a depth file does not say of itself. Immutable, thread-safe.</summary>
public sealed record DepthFileOptions
{
    internal const double MillimetersPerMeter = 1000;

    /// <summary>What a stored 1 m is in a 16-bit PNG: 1000 for millimetres, the default; 256 for KITTI's files; finite, above 0.</summary>
    public double UnitsPerMeter { get; init; } = MillimetersPerMeter;

    /// <summary>Which array of an .npz file it is, without <c>.npy</c>, not empty; null: <c>depth</c>, or else, in reading, the only one.</summary>
    public string? ArrayName { get; init; }

    /// <summary>
    /// A <c>calib.txt</c> as Middlebury's stereo data have it (cam0, doffs, baseline, and optionally width and height). With it the values of .npy,
    /// .npz and .pfm files are taken for disparities d in pixels, and depth = baseline f / (d + doffs). Null: only a .pfm file whose name begins
    /// with <c>disp</c> and a digit is disparity, by the <c>calib.txt</c> beside it.
    /// </summary>
    public string? CalibrationPath { get; init; }

    internal void Validate()
    {
        if (ArrayName is "") { throw new ArgumentException($"{nameof(ArrayName)} is empty; expected the name of an array, or null for 'depth'.", nameof(ArrayName)); }
        if (!(double.IsFinite(UnitsPerMeter) && UnitsPerMeter > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(UnitsPerMeter), UnitsPerMeter,
                FormattableString.Invariant($"{nameof(UnitsPerMeter)} is {UnitsPerMeter}; expected a finite number above 0: 1000 for millimetres, 256 for KITTI's files."));
        }
    }
}
