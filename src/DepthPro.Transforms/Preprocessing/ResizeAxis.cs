namespace DepthPro.Preprocessing;

/// <summary>For every target index of one axis: its two source indices and their weights.</summary>
internal sealed class ResizeAxis
{
    private ResizeAxis(int length) =>
        (Lower, Upper, LowerWeight, UpperWeight) = (new int[length], new int[length], new float[length], new float[length]);

    public int[] Lower { get; }

    public int[] Upper { get; }

    public float[] LowerWeight { get; }

    public float[] UpperWeight { get; }

    /// <summary>torch's rule for bilinear, align_corners=False, no antialias: a float32 scale, double positions, float32 weights.</summary>
    /// <remarks>An exact double scale or all-float32 positions give weights that differ by up to 6e-5. Source: torch 1.13,
    /// <c>aten/src/ATen/native/UpSample.h</c>, <c>area_pixel_compute_source_index</c>; checked against <c>F.interpolate</c>.</remarks>
    public static ResizeAxis Create(int source, int target)
    {
        var axis = new ResizeAxis(target);
        double scale = (float)source / target;
        for (var i = 0; i < target; i++)
        {
            var position = Math.Max(scale * (i + 0.5) - 0.5, 0);
            var lower = Math.Min((int)position, source - 1);
            var weight = (float)(position - lower);
            (axis.Lower[i], axis.Upper[i]) = (lower, Math.Min(lower + 1, source - 1));
            (axis.LowerWeight[i], axis.UpperWeight[i]) = (1 - weight, weight);
        }
        return axis;
    }
}
