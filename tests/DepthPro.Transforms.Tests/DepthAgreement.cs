using DepthPro.Tests;

namespace DepthPro.Transforms.Tests;

/// <summary>Metric depth against the reference's: worst relative error 1e-3, 99.9th percentile 1e-4, leaving out pixels at the clamp.</summary>
internal static class DepthAgreement
{
    private const double Worst = 1e-3, Percentile = 1e-4, Farthest = 1e4, MostAtTheClamp = 0.15;

    /// <param name="expected">The reference's depth.</param>
    /// <param name="got">Ours.</param>
    /// <param name="unsmoothed">The photo is as large as the network's output, so that no resizing smooths C where it nearly vanishes. There the reference
    /// itself knows C only to its float32 rounding (micro/float32_error.json, 3.4e-6), and an error within that rounding passes.</param>
    public static void Assert(GoldenTensor expected, DepthMap got, bool unsmoothed = false)
    {
        Xunit.Assert.Equal<int>(expected.Shape, new[] { got.Height, got.Width });
        var rounding = unsmoothed ? Goldens.Json("micro", "float32_error.json").GetProperty("canonical_inverse_depth").GetProperty("max_abs").GetDouble() : 0;
        var count = (long)got.Width * got.Height;
        var (compared, clamped, overPercentile) = (0, 0, new List<double>());
        var (worst, worstAt) = (-1.0, 0L); // in units of what is allowed
        for (var k = 0L; k < expected.Values.Length; k++)
        {
            var (meters, wanted) = (got.Meters[(int)expected.IndexOf(k, count)], (double)expected.Values[k]);
            if (wanted >= Farthest * (1 - 1e-6))
            {
                clamped++;
                continue;
            }
            compared++;
            var error = Math.Abs(meters - wanted) / wanted;
            var roundingOfDepth = rounding * got.Width * wanted / got.FocalLengthPixels; // of C, relative: C = f / (W D)
            var excess = error / Math.Max(Worst, roundingOfDepth);
            if (!(excess <= worst)) { (worst, worstAt) = (excess, k); }
            if (error > Math.Max(Percentile, roundingOfDepth)) { overPercentile.Add(error); }
        }
        Xunit.Assert.True(worst <= 1,
            $"{expected.Name}: worst at flat index {expected.IndexOf(worstAt, count)}: got {got.Meters[(int)expected.IndexOf(worstAt, count)]:R}, expected {expected.Values[worstAt]:R} ({worst:g3} times what is allowed).");
        Xunit.Assert.True(clamped <= MostAtTheClamp * expected.Values.Length, $"{expected.Name}: {clamped} of {expected.Values.Length} values lie at the clamp; too few are compared.");
        Xunit.Assert.True(overPercentile.Count <= compared / 1000,
            $"{expected.Name}: {overPercentile.Count} of {compared} values differ by more than {Percentile} (worst {overPercentile.DefaultIfEmpty().Max():g3}); expected at most one in a thousand ({clamped} at the clamp).");
    }
}
