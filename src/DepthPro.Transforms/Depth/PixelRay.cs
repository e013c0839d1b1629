namespace DepthPro.Depth;

/// <summary>Where a pinhole camera sees a pixel: at depth D its point lies at (X D, Y D, D), OpenCV's axes, x right, y down, z forward. Pure; thread-safe.</summary>
/// <remarks>The principal point is the photo's centre, pixels are square, and pixel (x, y) has its centre at (x + 0.5, y + 0.5).</remarks>
internal readonly record struct PixelRay(double X, double Y)
{
    /// <param name="x">Column, from the left.</param>
    /// <param name="y">Row, from the top.</param>
    /// <param name="width">Of the photo, pixels.</param>
    /// <param name="height">Of the photo, pixels.</param>
    /// <param name="focalLengthPixels">Finite and above 0.</param>
    public static PixelRay Of(int x, int y, int width, int height, float focalLengthPixels) => new((x + 0.5 - 0.5 * width) / focalLengthPixels, (y + 0.5 - 0.5 * height) / focalLengthPixels);
}
