using System.Text;
using DepthPro.Imaging;

namespace DepthPro.Reports;

/// <summary>The depths of a map at a coarse grid, as text short enough for a page: what is shown under the pointer.</summary>
/// <param name="Columns">Cells side by side.</param>
/// <param name="Rows">Cells from top to bottom.</param>
/// <param name="NearestMeters">Depth of the code 1; NaN when no depth is known.</param>
/// <param name="FarthestMeters">Depth of the code 4,095; NaN when no depth is known.</param>
/// <param name="Codes">Two digits of base 64 for each cell, the higher one first: 0 for unknown, 1 to 4,095 in equal factors of depth.</param>
internal sealed record HoverGrid(int Columns, int Rows, float NearestMeters, float FarthestMeters, string Codes)
{
    /// <summary>The digits, from 0 to 63: base 64's, which mean nothing in HTML.</summary>
    public const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>The largest code.</summary>
    public const int LastCode = 64 * 64 - 1;

    private const int LongerSide = 160;

    /// <summary>Of each cell the pixel in its middle: a mean would be a depth between two things, where neither is.</summary>
    /// <remarks>What is not finite, or not above 0, is unknown.</remarks>
    public static HoverGrid Of(DepthMap depth)
    {
        var (columns, rows) = AreaAverage.SizeWithin(depth.Width, depth.Height, LongerSide);
        var (near, far, cells) = (float.PositiveInfinity, 0f, new float[columns * rows]);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var meters = depth[Middle(cell % columns, columns, depth.Width), Middle(cell / columns, rows, depth.Height)];
            if (!DepthMap.IsKnown(meters)) { continue; } // and stays 0
            (cells[cell], near, far) = (meters, Math.Min(near, meters), Math.Max(far, meters));
        }
        var codes = new StringBuilder(2 * cells.Length);
        foreach (var meters in cells)
        {
            var code = meters == 0 ? 0 : CodeOf(meters, near, far);
            codes.Append(Digits[code / 64]).Append(Digits[code % 64]);
        }
        return far > 0 ? new(columns, rows, near, far, codes.ToString()) : new(columns, rows, float.NaN, float.NaN, codes.ToString());
    }

    private static int CodeOf(float meters, float near, float far) =>
        far > near ? 1 + (int)Math.Round(Math.Log((double)meters / near) / Math.Log((double)far / near) * (LastCode - 1)) : 1;

    private static int Middle(int cell, int cells, int pixels) => (int)((2L * cell + 1) * pixels / (2L * cells));
}
