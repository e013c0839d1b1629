using System.Globalization;

namespace DepthPro.SideBySide;

/// <summary>What a contestant's process tells: seconds, and the peak of its memory.</summary>
/// <param name="Opened">To open the network.</param>
/// <param name="First">Of the first run.</param>
/// <param name="Run">Of a later run, the median; that of the first where there was one only.</param>
/// <param name="PeakBytes">The most memory the process had.</param>
internal sealed record Measurement(double Opened, double First, double Run, long PeakBytes)
{
    /// <summary>Seconds from opening the network to the first depth.</summary>
    public double ColdStart => Opened + First;

    /// <summary>Reads the lines that a contestant prints: what, and how many seconds.</summary>
    public static Measurement Parse(IEnumerable<string> lines, long peakBytes)
    {
        var seconds = lines.Select(line => line.Split(' ')).Where(words => words.Length == 2).ToLookup(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
        var first = seconds["first"].Single();
        return new(seconds["opened"].Single(), first, seconds["run"].DefaultIfEmpty(first).Median(), peakBytes);
    }
}
