namespace DepthPro.Transforms.Tests.Features;

public sealed class DepthFeaturesTests
{
    private const int Side = 128; // of the lattice: a map of this size is read pixel by pixel

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Equal_what_the_plainest_code_computes(int seed)
    {
        var map = Rough(seed);
        float[] known = [.. map.Meters.ToArray().Where(float.IsFinite).Where(meters => meters > 0).Order()];
        double Percentile(int percent)
        {
            var rank = percent / 100.0 * (known.Length - 1);
            var share = rank - Math.Floor(rank);
            return (1 - share) * Math.Log(known[(int)Math.Floor(rank)]) + share * Math.Log(known[(int)Math.Ceiling(rank)]);
        }
        double Share(double from, double to) => known.Count(meters => meters >= from && meters < to) / (double)known.Length;
        double[] ends = [0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256];
        double Cell(int row, int column) => map.Meters.ToArray().Where((meters, i) => i / Side / 32 == row && i % Side / 32 == column && float.IsFinite(meters) && meters > 0).Average(meters => Math.Log(meters));
        var across = Pairs(map, 1, 0).ToList();
        var down = Pairs(map, 0, 1).ToList();

        List<double> expected =
        [
            (double)known.Length / map.Meters.Length,
            .. new[] { 5, 10, 25, 50, 75, 90, 95 }.Select(Percentile),
            Share(0, ends[0]), .. ends.Select((end, i) => Share(end, i + 1 < ends.Length ? ends[i + 1] : double.PositiveInfinity)),
            Share(0, 1),
            .. Enumerable.Range(0, 16).Select(cell => Cell(cell / 4, cell % 4)),
            across.Where(ratio => ratio <= 1.25).Average(Math.Log), down.Where(ratio => ratio <= 1.25).Average(Math.Log),
            across.Concat(down).Average(ratio => ratio > 1.25 ? 1.0 : 0), across.Concat(down).Average(ratio => ratio > 2 ? 1.0 : 0),
        ];

        var got = DepthFeatures.Of(map);

        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(Math.Abs(got[i] - expected[i]) <= 1e-5, $"{DepthFeatures.SlotNames()[i]}: got {got[i]:R}, expected {expected[i]:R}.");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Have_as_many_names_as_numbers_and_each_once(bool scaleFree)
    {
        var names = DepthFeatures.SlotNames(new() { ScaleFree = scaleFree });
        Assert.Equal(DepthFeatures.Count, names.Count);
        Assert.Equal(names, names.Distinct());
        Assert.Equal(names.Count, DepthFeatures.Of(Rough(1), new() { ScaleFree = scaleFree }).Length);
        Assert.Equal(scaleFree, names.All(name => !name.Contains("Meter", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0.01f)]
    [InlineData(0.3f)]
    [InlineData(3.7f)]
    [InlineData(250f)]
    public void Scale_free_ones_stay_when_depth_is_multiplied(float factor)
    {
        var map = WithBoxes(GroundMaps.Of(160, 120, 150, height: 1.6, pitchDownDegrees: 12));
        var scaled = GroundMaps.Change(map, (_, meters) => meters * factor);
        AssertNear(Features(map, scaleFree: true), Features(scaled, scaleFree: true), 1e-4, scaleFree: true);

        var (before, after) = (Features(map), Features(scaled));
        Assert.Equal(Math.Log(factor), after[Slot("LogMetersPercentile50")] - before[Slot("LogMetersPercentile50")], 1e-4);
        Assert.Equal(Math.Log(factor), after[Slot("GroundLogMeters")] - before[Slot("GroundLogMeters")], 1e-3);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Stay_when_the_map_is_enlarged_pixel_by_pixel(int factor, bool scaleFree)
    {
        var map = WithBoxes(GroundMaps.Of(90, 70, 80, height: 1.6, pitchDownDegrees: 12));
        var (small, large) = (Features(map, scaleFree), Features(GroundMaps.Enlarge(map, factor), scaleFree));
        var ground = DepthFeatures.Count - 5;
        AssertNear(small[..ground], large[..ground], 0, scaleFree);
        AssertNear(small, large, 0.03, scaleFree); // the middles of pixels are elsewhere, so the plane is a little
    }

    [Fact]
    public void Hardly_change_when_the_same_view_is_seen_at_another_size()
    {
        DepthMap View(int width) => GroundMaps.Of(width, width * 3 / 4, width * 0.9, height: 1.6, pitchDownDegrees: 12);
        AssertNear(Features(View(320)), Features(View(1000)), 0.02, scaleFree: false);
    }

    [Theory]
    [InlineData("one pixel")]
    [InlineData("one depth")]
    [InlineData("no focal length")]
    [InlineData("sky")]
    [InlineData("little known")]
    [InlineData("extremes")]
    [InlineData("a line")]
    public void Are_finite_numbers_whatever_is_known(string kind)
    {
        var ground = GroundMaps.Of(64, 48, 60, 1.6, 12);
        var map = kind switch
        {
            "one pixel" => new DepthMap(1, 1, [2], 1, FocalLengthSource.Given),
            "one depth" => GroundMaps.Change(ground, (_, _) => 3),
            "no focal length" => new DepthMap(64, 48, ground.Meters, float.NaN, FocalLengthSource.Unknown),
            "sky" => GroundMaps.Change(ground, (_, _) => 1e4f),
            "little known" => GroundMaps.Change(ground, (i, meters) => i == 64 * 40 + 30 ? meters : float.NaN),
            "extremes" => GroundMaps.Change(ground, (i, _) => i % 3 == 0 ? 1e-38f : i % 3 == 1 ? 3e38f : 1),
            _ => GroundMaps.Change(ground, (i, meters) => i / 64 == 40 ? meters : 0),
        };
        foreach (var scaleFree in new[] { false, true })
        {
            var features = Features(map, scaleFree);
            Assert.All(features, (value, i) => Assert.True(float.IsFinite(value), $"{DepthFeatures.SlotNames()[i]} is {value}."));
            Assert.Equal(1, features[Slot("ShareBelow0.125Meters")..Slot("NearShareBelow1Meters")].Sum(), 1e-5);
        }
    }

    [Fact]
    public void Fill_cells_where_nothing_is_known_with_the_median()
    {
        var map = GroundMaps.Change(GroundMaps.Of(128, 128, 100, 1.6, 12), (i, meters) => i / 128 < 32 ? float.NaN : meters);
        var features = Features(map);
        Assert.Equal(features[Slot("LogMetersPercentile50")], features[Slot("LogMetersRow0Column2")]);
        Assert.Equal(0.75, features[Slot("KnownShare")]);
        Assert.Equal(0, Features(map, scaleFree: true)[Slot("LogMetersRow0Column2")]);
    }

    [Fact]
    public void Begin_a_bin_with_its_bound()
    {
        var features = Features(new DepthMap(1, 1, [8], float.NaN, FocalLengthSource.Unknown));
        Assert.Equal((1f, 0f), (features[Slot("ShareFrom8Meters")], features[Slot("ShareFrom4Meters")]));
        Assert.Equal(0, features[Slot("NearShareBelow1Meters")]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.PositiveInfinity)]
    public void Are_refused_of_a_map_without_any_known_depth(float meters)
    {
        var error = Assert.Throws<InvalidDataException>(() => DepthFeatures.Of(new(3, 2, Enumerable.Repeat(meters, 6).ToArray(), 100, FocalLengthSource.Given)));
        foreach (var part in new[] { "3 x 2 pixels", "128 x 128", "finite and above 0", "FilterByCustomPredicate" }) { Assert.Contains(part, error.Message, StringComparison.Ordinal); }
    }

    private static int Slot(string name)
    {
        var slot = DepthFeatures.SlotNames().ToList().IndexOf(name);
        return slot >= 0 ? slot : throw new ArgumentException($"No slot '{name}'.", nameof(name));
    }

    private static float[] Features(DepthMap map, bool scaleFree = false) => DepthFeatures.Of(map, new() { ScaleFree = scaleFree });

    private static void AssertNear(float[] expected, float[] got, double tolerance, bool scaleFree)
    {
        var names = DepthFeatures.SlotNames(new() { ScaleFree = scaleFree });
        Assert.Equal(expected.Length, got.Length);
        for (var i = 0; i < got.Length; i++) { Assert.True(Math.Abs(got[i] - expected[i]) <= tolerance, $"{names[i]}: got {got[i]:R}, expected {expected[i]:R} within {tolerance:g2}."); }
    }

    // Random depths of six octaves, a tenth of them unknown in one way or another.
    private static DepthMap Rough(int seed)
    {
        var random = new Random(seed);
        float[] unknown = [float.NaN, 0, -2, float.PositiveInfinity];
        var meters = 3f;
        return new(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(_ =>
        {
            meters = random.Next(4) == 0 ? MathF.Exp(4.2f * random.NextSingle() - 1.1f) : meters * (1 + 0.1f * (random.NextSingle() - 0.5f));
            return random.Next(10) == 0 ? unknown[random.Next(unknown.Length)] : meters;
        })], float.NaN, FocalLengthSource.Unknown);
    }

    private static DepthMap WithBoxes(DepthMap map) => GroundMaps.Change(map, (i, meters) =>
    {
        var (x, y) = ((double)(i % map.Width) / map.Width, (double)(i / map.Width) / map.Height);
        return x is > 0.1 and < 0.3 && y is > 0.3 and < 0.7 ? 2.3f : x is > 0.6 and < 0.7 && y is > 0.1 and < 0.6 ? 5.1f : meters;
    });

    // The larger by the smaller depth of neighbours that are both known.
    private static IEnumerable<double> Pairs(DepthMap map, int right, int down)
    {
        for (var y = 0; y + down < Side; y++)
        {
            for (var x = 0; x + right < Side; x++)
            {
                var (a, b) = ((double)map[x, y], (double)map[x + right, y + down]);
                if (double.IsFinite(a) && double.IsFinite(b) && a > 0 && b > 0) { yield return Math.Max(a, b) / Math.Min(a, b); }
            }
        }
    }
}
