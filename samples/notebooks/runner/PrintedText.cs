using System.Globalization;
using System.Text.RegularExpressions;

namespace DepthPro.Notebooks;

/// <summary>Compares printed texts: processors round the last bits of a network's sums in different ways, so what is measured may differ by one in its last printed digit. Sizes and counts are to be the same. Pure; thread-safe.</summary>
internal static partial class PrintedText
{
    private const string Measured = "measured";

    /// <summary>Whether two texts are the same but for such digits.</summary>
    public static bool Agrees(string found, string saved)
    {
        var (numbers, expected) = (NumberPattern().Matches(found), NumberPattern().Matches(saved));
        if (numbers.Count != expected.Count || Shape(found) != Shape(saved)) { return false; }
        for (var i = 0; i < numbers.Count; i++)
        {
            var (a, b) = (numbers[i].Value, expected[i].Value);
            if (a != b && !(expected[i].Groups[Measured].Success && Math.Abs(Value(a) - Value(b)) <= 1.001 * Math.Pow(10, -Decimals(b)))) { return false; }
        }
        return true;
    }

    // Columns that are filled with spaces may be one wider.
    private static string Shape(string text) => SpacePattern().Replace(NumberPattern().Replace(text, "#"), " ");

    private static double Value(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    private static int Decimals(string number) => number.IndexOf('.') is var point && point < 0 ? 0 : number.Length - point - 1;

    // Measured is what has decimals, or a unit, and a focal length; pixels are its unit, but that of sizes too.
    [GeneratedRegex(@"(?<measured>\d+\.\d+|\d+(?= ?(?:%|(?:m|px|degrees)\b))|(?<=focal length +)\d+(?= pixels\b))|\d+")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(" +")]
    private static partial Regex SpacePattern();
}
