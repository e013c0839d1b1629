namespace DepthPro.Network.Checkpoints;

/// <summary>Which names a mistyped one may have meant.</summary>
internal static class NearestNames
{
    private const int Most = 3;

    /// <summary>Up to three names that share the most with <paramref name="name"/> at its beginning and its end.</summary>
    public static IReadOnlyList<string> To(string name, IEnumerable<string> names) =>
        [.. names.OrderByDescending(candidate => Shared(name, candidate)).ThenBy(candidate => candidate.Length).Take(Most)];

    private static int Shared(string a, string b)
    {
        var prefix = a.AsSpan().CommonPrefixLength(b);
        var suffix = 0;
        while (suffix < Math.Min(a.Length, b.Length) - prefix && a[^(suffix + 1)] == b[^(suffix + 1)]) { suffix++; }
        return prefix + suffix;
    }
}
