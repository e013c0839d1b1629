using System.Globalization;
using System.Runtime.InteropServices;
using DepthPro.Depth;
using DepthPro.Network;

namespace DepthPro.SideBySide;

/// <summary>Runs contestants in turn and prints medians, ratios, peak memory and how far their depth is from the first one's.</summary>
internal sealed class NetworkComparison(IReadOnlyList<Contestant> contestants, string folder, NetworkConfig config)
{
    // Depth of contestants that do not round may differ by this much of it at most, else their time says nothing. What is farther than so many times
    // the median is compared as if it were there: the network gives inverse depth, and farther away its last bits are all there is.
    private const double Tolerance = 1e-3, FarthestOfMedian = 100;

    private readonly Dictionary<Contestant, List<Measurement>> _measured = contestants.ToDictionary(c => c, _ => new List<Measurement>());
    private readonly Dictionary<Contestant, float[]> _depths = [];

    /// <summary>Runs and prints.</summary>
    /// <returns>Whether all that do not round agree.</returns>
    public bool Run(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contestant in contestants.Where(c => round < c.MostRounds))
            {
                var output = Path.Combine(folder, $"{contestant.Name}.f32");
                var measurement = contestant.Measure(output);
                _measured[contestant].Add(measurement);
                _depths[contestant] = Depth(output);
                File.Delete(output);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}, {contestant.Name}: {measurement.Run:f2} s"));
            }
        }
        Console.WriteLine("| | run, s | times as fast | cold start, s | peak, GB | depth differs by, median | most |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        return contestants.Select(Print).ToList().TrueForAll(agrees => agrees);
    }

    private bool Print(Contestant contestant)
    {
        var (runs, first) = (_measured[contestant], _measured[contestants[0]]);
        var (typical, most) = Difference(_depths[contestant], _depths[contestants[0]]);
        var agrees = contestant.Rounds ? double.IsFinite(most) : most <= Tolerance;
        double Median(Func<Measurement, double> of) => runs.Select(of).Median();
        var run = Median(m => m.Run);
        var times = agrees
            ? FormattableString.Invariant($"{run:f3} | {first.Select(m => m.Run).Median() / run:f2} | {Median(m => m.ColdStart):f2} | {Median(m => m.PeakBytes) / 1e9:f2}")
            : "not quoted: its depth does not agree | | | ";
        Console.WriteLine(FormattableString.Invariant($"| {contestant.Name} | {times} | {typical:e1} | {most:e1} |"));
        return agrees;
    }

    private float[] Depth(string path)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path).AsSpan());
        var focalLength = FocalLength.FromFieldOfView(values[^1], config.InputSize);
        return MetricDepth.FromInverseDepth(values[..^1], config.OutputSize, config.InputSize, config.InputSize, focalLength, FocalLengthSource.Estimated).Meters.ToArray();
    }

    private static (double Median, double Most) Difference(float[] depth, float[] expected)
    {
        var farthest = FarthestOfMedian * expected.Order().ElementAt(expected.Length / 2);
        var differences = depth.Zip(expected, (got, wanted) => Math.Abs(1.0 / got - 1.0 / wanted) * Math.Min(wanted, farthest)).Order().ToList();
        return (differences[differences.Count / 2], double.IsNaN(differences[0]) ? double.NaN : differences[^1]); // NaN comes first
    }
}
