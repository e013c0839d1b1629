using DepthPro.Network.Graphs;

namespace DepthPro.Training.Tests.Gradients;

/// <summary>Slopes measured by small steps to both sides.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    /// <summary>The slope of a function by each element of one of the tensors that it is given.</summary>
    public static double[] Of(IReadOnlyDictionary<Value, double[]> given, Value by, Func<IReadOnlyDictionary<Value, double[]>, double> f)
    {
        double At(int element, double change)
        {
            double[] changed = [.. given[by]];
            changed[element] += change;
            return f(new Dictionary<Value, double[]>(given) { [by] = changed });
        }
        return [.. Enumerable.Range(0, given[by].Length).Select(i => (At(i, Step) - At(i, -Step)) / (2 * Step))];
    }

    public static Dictionary<Value, double[]> RandomValues(IReadOnlyList<Value> values, int seed)
    {
        var random = new Random(seed);
        return values.ToDictionary(value => value, value => Random(random, (int)value.Shape.Count));
    }

    /// <summary>Numbers between -1 and 1 that float32 holds exactly.</summary>
    public static double[] Random(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(random.NextSingle() * 2 - 1))];

    public static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> got, double tolerance, string what)
    {
        Assert.True(expected.Count == got.Count, $"{what}: {got.Count} numbers; expected {expected.Count}.");
        var limit = tolerance * Math.Max(1, expected.Max(Math.Abs));
        var worst = Enumerable.Range(0, expected.Count).MaxBy(i => double.IsNaN(got[i]) ? double.PositiveInfinity : Math.Abs(expected[i] - got[i]));
        Assert.True(Math.Abs(expected[worst] - got[worst]) <= limit, $"{what}: element {worst} is {got[worst]}; expected {expected[worst]} within {limit:g2}.");
    }
}
