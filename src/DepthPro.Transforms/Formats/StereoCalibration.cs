using System.Globalization;

namespace DepthPro.Formats;

/// <summary>What turns the disparity of a rectified pair into depth, as Middlebury's and ETH3D's <c>calib.txt</c> say it.</summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="FocalLengthPixels">Of cam0; finite, above 0.</param>
/// <param name="BaselineMillimeters">Between the cameras; finite, above 0.</param>
/// <param name="PrincipalPointOffset">doffs, pixels: cam1's principal point less cam0's, horizontally; finite.</param>
/// <param name="Width">Pixels of the pair, where it is said.</param>
/// <param name="Height">Pixels of the pair, where it is said.</param>
/// <remarks>Source: Scharstein et al., 2014, and "Calibration file format" of Middlebury's stereo data sets of 2014 and 2021: Z = baseline f / (d + doffs).</remarks>
internal sealed record StereoCalibration(string Name, double FocalLengthPixels, double BaselineMillimeters, double PrincipalPointOffset, int? Width, int? Height)
{
    private const string FileName = "calib.txt";
    private const int MaxBytes = 1 << 16;

    /// <summary>The calibration that a file of disparity rests on; null where it is none.</summary>
    /// <exception cref="FileNotFoundException">There is no calibration.</exception>
    /// <exception cref="InvalidDataException">It lacks a number.</exception>
    public static StereoCalibration? For(string disparity, string? calibration)
    {
        if (calibration is not null) { return Read(Path.GetFullPath(calibration)); }
        if (!IsNamedAsDisparity(disparity)) { return null; }
        var beside = Path.Combine(Path.GetDirectoryName(disparity) ?? "", FileName);
        return File.Exists(beside)
            ? Read(beside)
            : throw new FileNotFoundException($"Depth file '{disparity}' is named as disparity is, and there is no calibration '{beside}'. Put it there, name it in {nameof(DepthFileOptions.CalibrationPath)}, or rename the file if it holds metres.", beside);
    }

    /// <summary>Whether a file is taken for disparity by its name, one of Middlebury's: disp0.pfm, disp1.pfm, disp0GT.pfm.</summary>
    public static bool IsNamedAsDisparity(string path)
        => Path.GetFileName(path).ToLowerInvariant() is ['d', 'i', 's', 'p', >= '0' and <= '9', ..] and var name && name.EndsWith(".pfm", StringComparison.Ordinal);

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is missing or no number.</exception>
    public static StereoCalibration Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) { throw new FileNotFoundException($"Calibration '{path}' cannot be read: there is no such file; expected Middlebury's {FileName} with cam0, doffs and baseline.", path); }
        if (file.Length > MaxBytes) { throw new InvalidDataException($"Calibration '{path}' has {file.Length} bytes; expected Middlebury's {FileName} of at most {MaxBytes}."); }
        return Parse(File.ReadAllText(path), path);
    }

    /// <exception cref="InvalidDataException">A line is missing or no number.</exception>
    public static StereoCalibration Parse(string text, string path)
    {
        var lines = new Dictionary<string, string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at) { lines.TryAdd(line[..at].Trim(), line[(at + 1)..].Trim()); }
        }
        return new(path, Number("cam0", positive: true), Number("baseline", positive: true), Number("doffs", positive: false), Size("width"), Size("height"));

        // A matrix, [f 0 cx; 0 f cy; 0 0 1], begins with f.
        double Number(string key, bool positive)
        {
            var found = lines.GetValueOrDefault(key);
            var first = found?.TrimStart('[').Split([' ', ';', ']'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite((float)value) && (!positive || (float)value > 0)
                ? value
                : throw new InvalidDataException($"Calibration '{path}' has {(found is null ? $"no line '{key}='" : $"'{key}={found}'")}; expected a finite number{(positive ? " above 0" : "")}{(key == "cam0" ? " first in a matrix, [f 0 cx; 0 f cy; 0 0 1]" : "")}.");
        }

        int? Size(string key) => lines.ContainsKey(key) ? (int)Math.Min(Number(key, positive: true), int.MaxValue) : null;
    }

    /// <summary>Turns disparities, pixels, into metres, in place; NaN where there is no finite positive depth.</summary>
    /// <exception cref="InvalidDataException">The map is of another size than the calibrated photos.</exception>
    public void ToMeters(StoredMap disparity, string subject)
    {
        if ((Width ?? disparity.Width, Height ?? disparity.Height) != (disparity.Width, disparity.Height))
        {
            throw new InvalidDataException($"{subject} is {disparity.Width} x {disparity.Height} pixels; its calibration '{Name}' is for {Width} x {Height}. Use the calibration of this size.");
        }
        var numerator = BaselineMillimeters / DepthFileOptions.MillimetersPerMeter * FocalLengthPixels;
        foreach (ref var value in disparity.Values.AsSpan())
        {
            var meters = (float)(numerator / (value + PrincipalPointOffset));
            value = float.IsFinite(meters) && meters > 0 ? meters : float.NaN;
        }
    }
}
