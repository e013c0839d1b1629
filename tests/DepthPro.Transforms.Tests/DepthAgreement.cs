using DepthPro.Tests;

namespace DepthPro.Transforms.Tests;

/// <summary>Metric depth against the reference's: worst relative error 1e-3, 99.9th percentile 1e-4, leaving out pixels at the clamp.</summary>
/// <remarks>Near zero, C itself is known to no better than the reference's own float32 rounding (micro/float32_error.json), which bounds the worst error there.</remarks>
internal static class DepthAgreement
{
    private const double Worst = 1e-3, Percentile = 1e-4, Farthest = 1e4, MostAtTheClamp = 0.15;

    public static void Assert(GoldenTensor expected, DepthMap got)
    {
        Xunit.Assert.Equal<int>(expected.Shape, new[] { got.Height, got.Width });
        var count = (long)got.Width * got.Height;
        var rounding = Goldens.Json("micro", "float32_error.json").GetProperty("canonical_inverse_depth").GetProperty("max_abs").GetDouble();
        var errors = new List<(double Error, long Index, float Got, float Expected)>();
        var clamped = 0;
        for (var k = 0L; k < expected.Values.Length; k++)
        {
            var index = expected.IndexOf(k, count);
            var (meters, wanted) = (got.Meters[(int)index], expected.Values[k]);
            if (wanted >= Farthest * (1 - 1e-6))
            {
                clamped++;
                continue;
            }
            var error = Math.Abs(meters - wanted) / (double)wanted;
            var inverseDepth = got.FocalLengthPixels / ((double)got.Width * wanted); // C = f / (W D)
            Xunit.Assert.True(error <= Math.Max(Worst, rounding / inverseDepth), $"{expected.Name}: at {index} got {meters:R}, expected {wanted:R} (relative {error:g3}).");
            errors.Add((error, index, meters, wanted));
        }
        errors.Sort((a, b) => a.Error.CompareTo(b.Error));
        var percentile = errors[(int)(errors.Count * 0.999)];
        Xunit.Assert.True(clamped <= MostAtTheClamp * expected.Values.Length, $"{expected.Name}: {clamped} of {expected.Values.Length} values lie at the clamp; too few are compared.");
        Xunit.Assert.True(percentile.Error <= Percentile, $"{expected.Name}: 99.9th percentile of the relative error is {percentile.Error:g3}, expected at most {Percentile}.");
    }
}
