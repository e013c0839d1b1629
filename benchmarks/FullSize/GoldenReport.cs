using System.Globalization;
using DepthPro.Tests;

namespace DepthPro.FullSize;

/// <summary>Compares tensors with the goldens, prints a line for each, and remembers whether all agreed.</summary>
internal sealed class GoldenReport
{
    // Of the tensor's largest value, as for the small network in the tests; the reference's own float32 rounding is 1e-6 to 1e-5 of it.
    private const double OfLargest = 2e-5;
    // Metric depth is the reciprocal of a value that comes near zero: relative, and leaving out what is at the clamp.
    private const double OfDepth = 1e-3, Farthest = 1e4 * (1 - 1e-6);

    /// <summary>Number of goldens compared, and of those that differ.</summary>
    public (int Compared, int Failed) Count { get; private set; }

    /// <summary>Compares a tensor, scaled to another calibration where the golden has one.</summary>
    public void Tensor(string golden, ReadOnlySpan<float> got, Func<float, float>? calibrate = null)
    {
        var expected = Goldens.Tensor(FormulaWeights.Folder, golden);
        var count = Length(expected, got.Length);
        var worst = 0.0;
        for (var k = 0; k < expected.Values.Length; k++)
        {
            var value = got[(int)expected.IndexOf(k, count)];
            worst = NanOrMax(worst, Math.Abs((double)(calibrate?.Invoke(value) ?? value) - expected.Values[k]));
        }
        Line(golden, worst, OfLargest * expected.AbsMax);
    }

    /// <summary>Compares metric depth.</summary>
    public void Depth(string golden, DepthMap got)
    {
        var expected = Goldens.Tensor(FormulaWeights.Folder, golden);
        var count = Length(expected, got.Meters.Length);
        var worst = 0.0;
        for (var k = 0; k < expected.Values.Length; k++)
        {
            var meters = expected.Values[k];
            if (meters < Farthest) { worst = NanOrMax(worst, Math.Abs((double)got.Meters[(int)expected.IndexOf(k, count)] - meters) / meters); }
        }
        Line($"{golden} (relative)", worst, OfDepth);
    }

    /// <summary>Compares a number of index.json.</summary>
    public void Number(string name, double got, double expected, double tolerance) => Line(name, Math.Abs(got - expected), tolerance);

    private static long Length(GoldenTensor expected, int got)
    {
        var count = expected.Shape.Aggregate(1L, (product, d) => product * d);
        return got == count ? count : throw new InvalidDataException($"{expected.Name}: got {got} values; expected {count} of shape [{string.Join(", ", expected.Shape)}].");
    }

    private static double NanOrMax(double worst, double error) => error <= worst ? worst : error;

    private void Line(string name, double worst, double tolerance)
    {
        var agrees = worst <= tolerance;
        Count = (Count.Compared + 1, Count.Failed + (agrees ? 0 : 1));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-40} worst error {worst,8:g2}, tolerance {tolerance,8:g2}  {(agrees ? "ok" : "DIFFERS")}"));
    }
}
