using Microsoft.ML.Data;

namespace DepthPro.Samples;

/// <summary>What a photo's pixels say without any network: mean and standard deviation of each colour in each cell of a 4 x 4 grid, as fine as the grid of the depth features.</summary>
internal static class PixelStatistics
{
    private const int Cells = 4; // along each side
    private const int Colors = 3;

    public const int Count = Cells * Cells * Colors * 2;

    public static float[] Of(MLImage image)
    {
        var photo = Photo.FromImage(image);
        var statistics = new float[Count];
        for (var slot = 0; slot < Count / 2; slot++)
        {
            var (cell, color) = (slot / Colors, slot % Colors);
            var (left, right) = (cell % Cells * photo.Width / Cells, (cell % Cells + 1) * photo.Width / Cells);
            var (top, bottom) = (cell / Cells * photo.Height / Cells, (cell / Cells + 1) * photo.Height / Cells);
            var (sum, squares, count) = (0.0, 0.0, (right - left) * (bottom - top));
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    var value = photo.Rgb[(y * photo.Width + x) * Colors + color] / 255.0;
                    (sum, squares) = (sum + value, squares + value * value);
                }
            }
            var mean = sum / count;
            (statistics[2 * slot], statistics[2 * slot + 1]) = ((float)mean, (float)Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
        }
        return statistics;
    }
}
