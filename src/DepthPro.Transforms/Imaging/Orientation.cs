namespace DepthPro.Imaging;

/// <summary>How an oriented photo's pixels lie in the stored image: pixel (x, y) is the stored pixel number First + x StepX + y
/// StepY.</summary>
/// <param name="Width">Width after orientation, pixels.</param>
/// <param name="Height">Height after orientation, pixels.</param>
/// <param name="First">Stored pixel number of the oriented photo's top left pixel.</param>
/// <param name="StepX">Stored pixels from one column to the next.</param>
/// <param name="StepY">Stored pixels from one row to the next.</param>
/// <remarks>Source: EXIF 2.32, tag 0x0112.</remarks>
internal readonly record struct Orientation(int Width, int Height, int First, int StepX, int StepY)
{
    /// <summary>Whether an EXIF orientation turns rows into columns.</summary>
    public static bool SwapsAxes(int exif) => exif is >= 5 and <= 8;

    /// <summary>The way through a stored image of EXIF orientation <paramref name="exif"/>, 1 to 8.</summary>
    public static Orientation Of(int exif, int width, int height)
    {
        var last = checked(width * height) - 1;
        return exif switch
        {
            1 => new(width, height, 0, 1, width),
            2 => new(width, height, width - 1, -1, width), // mirrored left to right
            3 => new(width, height, last, -1, -width), // turned by 180 degrees
            4 => new(width, height, last - (width - 1), 1, -width), // mirrored top to bottom
            5 => new(height, width, 0, width, 1), // mirrored on the main diagonal
            6 => new(height, width, last - (width - 1), -width, 1), // to be turned clockwise by 90 degrees
            7 => new(height, width, last, -width, -1), // mirrored on the other diagonal
            8 => new(height, width, width - 1, width, -1), // to be turned counter-clockwise by 90 degrees
            _ => throw new ArgumentOutOfRangeException(nameof(exif), exif, $"EXIF orientation is {exif}; expected 1 to 8."),
        };
    }
}
