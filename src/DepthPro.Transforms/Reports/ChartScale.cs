using System.Globalization;

namespace DepthPro.Reports;

/// <summary>An axis: where a value lies on it, and where its marks are. Immutable, thread-safe.</summary>
internal sealed class ChartScale
{
    private readonly bool _logarithmic;
    private readonly double _low, _high;

    private ChartScale(double low, double high, bool logarithmic, IReadOnlyList<double> marks) => (_low, _high, _logarithmic, Marks) = (low, high, logarithmic, marks);

    /// <summary>Round values on the axis.</summary>
    public IReadOnlyList<double> Marks { get; }

    /// <summary>An axis that begins and ends with a mark.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    public static ChartScale Linear(double low, double high)
    {
        const double Wanted = 4; // steps between marks
        if (high <= low) { high = low + 1; }
        var rough = (high - low) / Wanted;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = decade * new[] { 1.0, 2, 5, 10 }.First(factor => factor * decade >= rough * (1 - 1e-9));
        var (first, last) = ((long)Math.Floor(low / step + 1e-9), (long)Math.Ceiling(high / step - 1e-9));
        double[] marks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
        return new(marks[0], marks[^1], false, marks);
    }

    /// <summary>An axis of equal factors, with marks at 1, 2 and 5 of each power of ten.</summary>
    /// <param name="low">The smallest value, above 0.</param>
    /// <param name="high">The largest value.</param>
    public static ChartScale Logarithmic(double low, double high)
    {
        double[] factors = Math.Log10(high / low) > 2 ? [1] : [1, 2, 5];
        double[] all = [.. Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)) - (int)Math.Floor(Math.Log10(low)) + 2).SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))];
        var first = Array.FindLastIndex(all, mark => mark <= low * (1 + 1e-9));
        var last = Math.Max(Array.FindIndex(all, mark => mark >= high * (1 - 1e-9)), first + 1);
        return new(all[first], all[last], true, all[first..(last + 1)]);
    }

    /// <summary>0 at the axis's beginning, 1 at its end.</summary>
    public double At(double value) => _logarithmic ? Math.Log(value / _low) / Math.Log(_high / _low) : (value - _low) / (_high - _low);

    /// <summary>A mark's text.</summary>
    public static string Label(double mark) => Math.Abs(mark) >= 10_000 ? $"{(mark / 1000).ToString("0.##", CultureInfo.InvariantCulture)}k" : mark.ToString("0.######", CultureInfo.InvariantCulture);
}
