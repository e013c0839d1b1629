using System.Numerics;
using System.Runtime.InteropServices;

namespace DepthPro.Preprocessing;

/// <summary>Bilinear resizing as torch's <c>F.interpolate(mode="bilinear", align_corners=False, antialias=False)</c> does it on the CPU.
/// Pure; thread-safe.</summary>
/// <remarks>First along x, then along y, each fma(a, 1 - t, b t) in float32: the rounding of torch's x64 builds, which lets results equal
/// bit for bit. A pixel that is NaN or infinite makes NaN of every target pixel
/// that has it among its four sources, even at weight 0.</remarks>
public static class BilinearResize
{
    /// <summary>Resizes one plane, row by row; the same size copies it.</summary>
    /// <param name="source">(sourceHeight, sourceWidth).</param>
    /// <param name="sourceWidth">Pixels; positive.</param>
    /// <param name="sourceHeight">Pixels; positive.</param>
    /// <param name="target">(targetHeight, targetWidth); must not overlap <paramref name="source"/>.</param>
    /// <param name="targetWidth">Pixels; positive.</param>
    /// <param name="targetHeight">Pixels; positive.</param>
    /// <exception cref="ArgumentException">A size is not positive or does not fit its span.</exception>
    public static void Plane(ReadOnlySpan<float> source, int sourceWidth, int sourceHeight, Span<float> target, int targetWidth, int targetHeight) =>
        Planes(source, 1, sourceWidth, sourceHeight, target, targetWidth, targetHeight);

    /// <summary>Resizes <paramref name="count"/> planes that follow each other, (count, height, width); the same size copies
    /// them.</summary>
    /// <param name="source">(count, sourceHeight, sourceWidth).</param>
    /// <param name="count">Number of planes; positive.</param>
    /// <param name="sourceWidth">Pixels; positive.</param>
    /// <param name="sourceHeight">Pixels; positive.</param>
    /// <param name="target">(count, targetHeight, targetWidth); must not overlap <paramref name="source"/>.</param>
    /// <param name="targetWidth">Pixels; positive.</param>
    /// <param name="targetHeight">Pixels; positive.</param>
    /// <exception cref="ArgumentException">A size is not positive or does not fit its span.</exception>
    public static void Planes(ReadOnlySpan<float> source, int count, int sourceWidth, int sourceHeight, Span<float> target, int targetWidth, int targetHeight)
    {
        RequireSize(source.Length, count, sourceWidth, sourceHeight, nameof(source));
        RequireSize(target.Length, count, targetWidth, targetHeight, nameof(target));
        if (sourceWidth == targetWidth && sourceHeight == targetHeight)
        {
            source.CopyTo(target);
            return;
        }
        var (horizontal, vertical) = (ResizeAxis.Create(sourceWidth, targetWidth), ResizeAxis.Create(sourceHeight, targetHeight));
        var (sourceLength, targetLength) = (sourceWidth * sourceHeight, targetWidth * targetHeight);
        for (var plane = 0; plane < count; plane++)
        {
            var rows = new FloatRows(source.Slice(plane * sourceLength, sourceLength), sourceWidth, horizontal);
            Stack(rows, vertical, target.Slice(plane * targetLength, targetLength), targetWidth);
        }
    }

    /// <summary>Mixes rows of the target's width along y, reading every source row at most once where the axis ascends.</summary>
    internal static void Stack<TRows>(TRows rows, ResizeAxis vertical, Span<float> target, int width)
        where TRows : struct, IRows, allows ref struct
    {
        float[] lower = new float[width], upper = new float[width];
        var (lowerRow, upperRow) = (-1, -1);
        for (var y = 0; y < vertical.Lower.Length; y++)
        {
            if (lowerRow != vertical.Lower[y])
            {
                (lower, upper, lowerRow, upperRow) = (upper, lower, upperRow, lowerRow);
                if (lowerRow != vertical.Lower[y]) { rows.Read(lowerRow = vertical.Lower[y], lower); }
            }
            if (upperRow != vertical.Upper[y]) { rows.Read(upperRow = vertical.Upper[y], upper); }
            Mix(lower, vertical.LowerWeight[y], upper, vertical.UpperWeight[y], target.Slice(y * width, width));
        }
    }

    private static void Mix(ReadOnlySpan<float> lower, float lowerWeight, ReadOnlySpan<float> upper, float upperWeight, Span<float> target)
    {
        var lowers = MemoryMarshal.Cast<float, Vector<float>>(lower);
        var uppers = MemoryMarshal.Cast<float, Vector<float>>(upper);
        var targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = Vector.FusedMultiplyAdd(lowers[i], new Vector<float>(lowerWeight), uppers[i] * upperWeight);
        }
        for (var x = targets.Length * Vector<float>.Count; x < target.Length; x++)
        {
            target[x] = Interpolate(lower[x], lowerWeight, upper[x], upperWeight);
        }
    }

    /// <summary>The mix of two values, rounded as torch rounds it.</summary>
    internal static float Interpolate(float lower, float lowerWeight, float upper, float upperWeight) =>
        MathF.FusedMultiplyAdd(lower, lowerWeight, upper * upperWeight);

    private static void RequireSize(int length, int count, int width, int height, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width, name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height, name);
        if (length != (long)count * width * height)
        {
            throw new ArgumentException($"Bilinear resize: {name} has {length} values; expected {count} x {height} x {width} = {(long)count * width * height}.", name);
        }
    }
}
