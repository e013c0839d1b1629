namespace DepthPro.Transforms.Tests.Preprocessing;

/// <summary>torch's rule one pixel at a time.</summary>
internal static class NaiveBilinear
{
    public static float[] Resize(ReadOnlySpan<float> source, int count, int width, int height, int targetWidth, int targetHeight)
    {
        var target = new float[count * targetWidth * targetHeight];
        for (var i = 0; i < target.Length; i++)
        {
            var (plane, y, x) = (i / (targetWidth * targetHeight), i / targetWidth % targetHeight, i % targetWidth);
            var (x0, x1, tx) = Position(x, width, targetWidth);
            var (y0, y1, ty) = Position(y, height, targetHeight);
            var pixels = source.Slice(plane * width * height, width * height);
            var above = Mix(pixels[y0 * width + x0], pixels[y0 * width + x1], tx);
            var below = Mix(pixels[y1 * width + x0], pixels[y1 * width + x1], tx);
            target[i] = Mix(above, below, ty);
        }
        return target;
    }

    private static float Mix(float a, float b, float t) => MathF.FusedMultiplyAdd(a, 1 - t, b * t);

    private static (int Lower, int Upper, float Weight) Position(int index, int source, int target)
    {
        var scale = (float)source / target;
        var position = Math.Max((double)scale * (index + 0.5) - 0.5, 0);
        var lower = (int)Math.Floor(position);
        return (lower, Math.Min(lower + 1, source - 1), (float)(position - lower));
    }
}
