namespace DepthPro.Formats;

/// <summary>Numbers of a file, (Height, Width), row by row, before anything is known of their unit.</summary>
/// <param name="Width">Pixels; positive.</param>
/// <param name="Height">Pixels; positive.</param>
/// <param name="Values">As stored, as float32. The reader's; who takes it may change it.</param>
/// <param name="FullScale">What stands for 1 in a mask: the largest value of samples of so many bits; 1 for others.</param>
internal readonly record struct StoredMap(int Width, int Height, float[] Values, int FullScale = 1)
{
    // As of photos: a square of 16,384.
    private const int MaxPixels = Imaging.PhotoDecoder.MaxPixels;

    /// <exception cref="InvalidDataException">A size is not positive, or there are more than 2^28 pixels.</exception>
    public static void CheckSize(long width, long height, string subject)
    {
        if (width <= 0 || height <= 0 || width > MaxPixels || height > MaxPixels || width * height > MaxPixels)
        {
            throw new InvalidDataException($"{subject} is {width} x {height} pixels; expected at least 1 x 1 and at most {MaxPixels} in all.");
        }
    }
}
