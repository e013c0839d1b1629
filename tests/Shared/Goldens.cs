using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DepthPro.Tests;

/// <summary>Reads what tests/goldens holds; its README tells where each file comes from.</summary>
internal static partial class Goldens
{
    /// <summary>The repository's root: the nearest folder above the test assembly that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    public static string PathOf(params string[] parts) => Path.Combine([RepositoryRoot, "tests", "goldens", .. parts]);

    public static JsonElement Json(params string[] parts)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(parts)));
        return document.RootElement.Clone();
    }

    /// <summary>A float32 .npy file in C order.</summary>
    public static (float[] Values, int[] Shape) Npy(params string[] parts)
    {
        var bytes = File.ReadAllBytes(PathOf(parts));
        var headerEnd = 10 + BitConverter.ToUInt16(bytes, 8);
        var header = Encoding.ASCII.GetString(bytes, 10, headerEnd - 10);
        Assert.Contains("'<f4'", header);
        Assert.Contains("'fortran_order': False", header);
        int[] shape = [.. ShapePattern().Match(header).Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(d => int.Parse(d, CultureInfo.InvariantCulture))];
        return (MemoryMarshal.Cast<byte, float>(bytes.AsSpan(headerEnd)).ToArray(), shape);
    }

    /// <summary>A tensor of an index.json, which may hold all of its values or 8192 of them.</summary>
    public static GoldenTensor Tensor(string folder, string name)
    {
        var entry = Json(folder, "index.json").GetProperty("tensors").GetProperty(name);
        var sampled = entry.GetProperty("storage").GetString() == "sampled";
        return new GoldenTensor($"{folder}/{name}",
            [.. entry.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())],
            Math.Max(Math.Abs(entry.GetProperty("min").GetDouble()), Math.Abs(entry.GetProperty("max").GetDouble())),
            Npy(folder, sampled ? $"{name}.sample.npy" : $"{name}.npy").Values, sampled);
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();

    private static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DepthPro.MLNet.sln"))) { return folder.FullName; }
        }
        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds DepthPro.MLNet.sln; run the tests from a checkout.");
    }
}

/// <summary>Expected values of one tensor, whole or sampled.</summary>
internal sealed record GoldenTensor(string Name, int[] Shape, double AbsMax, float[] Values, bool Sampled)
{
    /// <summary>Fails with the worst index, got and expected, unless every value is within <paramref name="tolerance"/>.</summary>
    public void AssertClose(ReadOnlySpan<float> got, double tolerance)
    {
        var count = Shape.Aggregate(1L, (product, d) => product * d);
        Assert.True(got.Length == count, $"{Name}: got {got.Length} values; expected {count} of shape [{string.Join(", ", Shape)}].");
        var (worst, worstAt) = (-1.0, 0L);
        for (var k = 0; k < Values.Length; k++)
        {
            var error = Math.Abs((double)got[(int)IndexOf(k, count)] - Values[k]);
            if (!(error <= worst)) { (worst, worstAt) = (error, k); }
        }
        Assert.True(worst <= tolerance,
            $"{Name}: worst at flat index {IndexOf(worstAt, count)}: got {got[(int)IndexOf(worstAt, count)]:R}, expected {Values[worstAt]:R} (error {worst:g3}, tolerance {tolerance:g3}).");
    }

    // The sampling rule of the golden files (tests/goldens/README.md).
    public long IndexOf(long k, long count) => Sampled ? (k * 1000003 + 12345) % count : k;
}
