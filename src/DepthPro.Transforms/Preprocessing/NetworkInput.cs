namespace DepthPro.Preprocessing;

/// <summary>A photo's network input, with what is needed of the photo to make metric depth of the network's output.</summary>
/// <param name="Values">(3, S, S).</param>
/// <param name="PhotoName">For messages.</param>
/// <param name="PhotoWidth">Pixels.</param>
/// <param name="PhotoHeight">Pixels.</param>
internal sealed record NetworkInput(float[] Values, string PhotoName, int PhotoWidth, int PhotoHeight)
{
    /// <param name="photo">Any size.</param>
    /// <param name="size">S, the side of the network input.</param>
    public static NetworkInput Of(Photo photo, int size)
    {
        var values = GC.AllocateUninitializedArray<float>(3 * size * size);
        DepthInput.Prepare(photo, size, values);
        return new(values, photo.Name, photo.Width, photo.Height);
    }
}
