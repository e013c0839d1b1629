using DepthPro.Network;
using DepthPro.Preprocessing;

namespace DepthPro.Training.Data;

/// <summary>A photo at the network's input size, with its true canonical inverse depth at the output size. Immutable, thread-safe.</summary>
internal sealed class TrainingExample
{
    /// <summary>Takes arrays over.</summary>
    internal TrainingExample(byte[] rgb, float[] inverseDepth, float fieldOfViewDegrees)
        => (Rgb, InverseDepth, FieldOfViewDegrees) = (rgb, inverseDepth, fieldOfViewDegrees);

    /// <summary>(3, S, S): the network input, in 8 bits.</summary>
    public byte[] Rgb { get; }

    /// <summary>C, (O, O), 1/m; NaN where it is unknown. Of an example without a scale, any multiple of it.</summary>
    public float[] InverseDepth { get; }

    /// <summary>Horizontal, degrees; NaN when unknown.</summary>
    public float FieldOfViewDegrees { get; }

    /// <summary>Memory that it takes.</summary>
    public long Bytes => Rgb.Length + sizeof(float) * (InverseDepth.Length + 1L);

    /// <summary>Brings a photo and its depth to the network's sizes.</summary>
    /// <param name="photo">Any size.</param>
    /// <param name="depth">Metres at the photo's size; what is not finite and positive is unknown.</param>
    /// <param name="focalLengthPixels">Of the photo; NaN when unknown: then the first that is known of the depth map's and EXIF's is taken.</param>
    /// <param name="isMetric">Whether the scale of the depth counts, for which a focal length must be known.</param>
    /// <param name="config">The network's sizes.</param>
    /// <exception cref="InvalidDataException">The sizes differ, no pixel is known, or a focal length is missing; the message says which.</exception>
    public static TrainingExample Of(Photo photo, DepthMap depth, float focalLengthPixels, bool isMetric, NetworkConfig config)
    {
        if ((photo.Width, photo.Height) != (depth.Width, depth.Height))
        {
            throw new InvalidDataException($"The photo has {photo.Width} x {photo.Height} pixels, its depth {depth.Width} x {depth.Height}; expected the same size. Resize one of them (depth by nearest neighbours, so that edges stay).");
        }
        var focalLength = float.IsFinite(focalLengthPixels) && focalLengthPixels > 0 ? focalLengthPixels
            : depth.FocalLengthSource != FocalLengthSource.Unknown ? depth.FocalLengthPixels
            : photo.ExifFocalLengthPixels ?? float.NaN;
        if (isMetric && !(float.IsFinite(focalLength) && focalLength > 0))
        {
            throw new InvalidDataException("No focal length is known, without which metres have no canonical inverse depth. Give it in pixels, or mark the set as not metric.");
        }
        var input = GC.AllocateUninitializedArray<float>(3 * config.InputSize * config.InputSize);
        DepthInput.Prepare(photo, config.InputSize, input);
        var inverseDepth = Canonical(depth, isMetric ? focalLength / photo.Width : 1, config.OutputSize);
        if (Array.TrueForAll(inverseDepth, float.IsNaN))
        {
            throw new InvalidDataException($"None of the {depth.Width} x {depth.Height} depths is known: expected finite metres above 0 somewhere.");
        }
        return new([.. input.Select(x => (byte)MathF.Round((x + 1) * 127.5f))], inverseDepth, FocalLength.ToFieldOfView(focalLength, photo.Width));
    }

    // By nearest pixels: a mean across an edge would be a depth that nothing has.
    private static float[] Canonical(DepthMap depth, float relativeFocalLength, int side)
    {
        var inverse = GC.AllocateUninitializedArray<float>(side * side);
        for (var y = 0; y < side; y++)
        {
            var row = depth.Meters.Slice((int)((y + 0.5) * depth.Height / side) * depth.Width, depth.Width);
            for (var x = 0; x < side; x++)
            {
                var meters = row[(int)((x + 0.5) * depth.Width / side)];
                var value = relativeFocalLength / meters;
                inverse[y * side + x] = meters > 0 && float.IsFinite(meters) && float.IsFinite(value) ? value : float.NaN;
            }
        }
        return inverse;
    }
}
