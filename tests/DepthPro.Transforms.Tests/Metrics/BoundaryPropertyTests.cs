using DepthPro.Metrics;
using FsCheck;
using FsCheck.Fluent;

namespace DepthPro.Transforms.Tests.Metrics;

/// <summary>What holds for any depth map.</summary>
public sealed class BoundaryPropertyTests
{
    private static readonly float[] Thresholds = new BoundaryOptions().ToThresholds().Values;

    private static readonly ContourDirection[] Transposed = [ContourDirection.Top, ContourDirection.Left, ContourDirection.Bottom, ContourDirection.Right];

    private static Gen<Pair> Pairs =>
        from width in Gen.Choose(1, 20)
        from height in Gen.Choose(1, 12)
        from prediction in Depths(width * height)
        from truth in Depths(width * height)
        select new Pair(width, height, prediction, truth);

    [Fact]
    public void Scaling_by_powers_of_two_changes_nothing() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Pairs), Arb.From(Gen.Choose(-8, 8)), Arb.From(Gen.Choose(-8, 8)), (pair, predictionPower, truthPower) =>
        {
            var scaled = pair with { Prediction = Scaled(pair.Prediction, predictionPower), Truth = Scaled(pair.Truth, truthPower) };
            ContourCountsAssert.Equal(pair.Contours(), scaled.Contours(), "scaled");
            ContourCountsAssert.Equal(pair.MaskContours(), (pair with { Prediction = scaled.Prediction }).MaskContours(), "scaled, mask");
        }));

    [Fact]
    public void Transposing_swaps_left_with_top_and_right_with_bottom() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Pairs), pair =>
        {
            var transposed = new Pair(pair.Height, pair.Width, Transpose(pair.Prediction, pair.Width), Transpose(pair.Truth, pair.Width));
            AssertTransposed(pair.Contours().Both, transposed.Contours().Both);
            AssertTransposed(pair.Contours().Predicted, transposed.Contours().Predicted);
            AssertTransposed(pair.MaskContours().True, transposed.MaskContours().True);
            AssertTransposed(pair.MaskContours().Both, transposed.MaskContours().Both);
        }));

    [Fact]
    public void Equal_maps_with_contours_in_all_directions_score_1() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Pairs.Where(pair => pair.Width >= 3 && pair.Height >= 3)), pair =>
        {
            var map = pair.Truth;
            map[pair.Width + 1] = 1000; // farther than its four neighbours
            var got = BoundaryMetrics.Of(map, map, pair.Width, pair.Height);
            Assert.Equal(1, got.F1, 1e-12);
            Assert.Equal(1, got.Precision, 1e-12);
            Assert.Equal(1, got.Recall, 1e-12);
        }));

    [Fact]
    public void Contours_never_increase_with_the_threshold() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Pairs), pair =>
        {
            var counts = pair.Contours();
            foreach (var ofDirection in new[] { counts.Predicted, counts.True, counts.Both })
            {
                for (var k = 1; k < Thresholds.Length; k++)
                {
                    Assert.All(ContourCountsAssert.At(ofDirection, k - 1).Zip(ContourCountsAssert.At(ofDirection, k)), count => Assert.True(count.First >= count.Second));
                }
            }
        }));

    // Far from the clip; neighbours often differ by about as much as the thresholds.
    private static Gen<float[]> Depths(int count) => Gen.Choose(100, 140).Select(i => i / 32f).ArrayOf(count);

    private static float[] Scaled(float[] map, int power) => [.. map.Select(v => MathF.ScaleB(v, power))];

    private static float[] Transpose(float[] map, int width) => [.. map.Select((_, i) => map[i % (map.Length / width) * width + i / (map.Length / width)])];

    private static void AssertTransposed(int[,] counts, int[,] transposed)
    {
        foreach (var direction in Enum.GetValues<ContourDirection>())
        {
            for (var k = 0; k < Thresholds.Length; k++) { Assert.Equal(counts[(int)direction, k], transposed[(int)Transposed[(int)direction], k]); }
        }
    }

    private sealed record Pair(int Width, int Height, float[] Prediction, float[] Truth)
    {
        public ContourCounts Contours() => ContourCounter.Count(Prediction, Truth, Width, Height, Thresholds);

        // The nearer half of the truth as an object.
        public ContourCounts MaskContours() =>
            new MaskContours(Prediction, [.. Truth.Select(t => t < 3.75f ? 1f : 0f)], Width, Height, 0.1f, Thresholds).Count();
    }
}
