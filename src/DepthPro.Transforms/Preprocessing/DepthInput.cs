namespace DepthPro.Preprocessing;

/// <summary>Makes the network input of a photo. Pure; thread-safe.</summary>
/// <remarks>Source: ml-depth-pro, <c>depth_pro.py</c>, <c>create_model_and_transforms</c> (ToTensor, Normalize 0.5) and
/// <c>DepthPro.infer</c> (bilinear resize).</remarks>
public static class DepthInput
{
    // What ToTensor (x / 255) and Normalize ((v - 0.5) / 0.5) make of each byte, in float32.
    private static readonly float[] Normalized = [.. Enumerable.Range(0, 256).Select(x => (x / 255f - 0.5f) / 0.5f)];

    /// <summary>Normalises a photo to [-1, 1] and resizes it, bilinear without antialias, to a square; the aspect ratio is not
    /// kept.</summary>
    /// <param name="photo">Any size.</param>
    /// <param name="size">S, the side of the network input.</param>
    /// <param name="networkInput">Receives (3, size, size): the planes red, green, blue.</param>
    /// <exception cref="ArgumentException"><paramref name="size"/> is not positive or does not fit
    /// <paramref name="networkInput"/>.</exception>
    public static void Prepare(Photo photo, int size, Span<float> networkInput)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (networkInput.Length != 3L * size * size)
        {
            throw new ArgumentException($"Network input has {networkInput.Length} values; expected 3 x {size} x {size} = {3L * size * size}.", nameof(networkInput));
        }
        var (horizontal, vertical) = (ResizeAxis.Create(photo.Width, size), ResizeAxis.Create(photo.Height, size));
        for (var channel = 0; channel < 3; channel++)
        {
            var rows = new PhotoRows(photo.Rgb, photo.Width, channel, Normalized, horizontal);
            BilinearResize.Stack(rows, vertical, networkInput.Slice(channel * size * size, size * size), size);
        }
    }
}
