using System.Reflection;
using DepthPro.Network;
using DepthPro.Tests;
using DepthPro.Training;

namespace DepthPro.Estimators.Tests;

/// <summary>Each package's public surface is the one written down: a change is a decision, not an accident.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(NetworkConfig))]
    [InlineData(typeof(DepthNetwork))]
    [InlineData(typeof(TrainingSession))]
    [InlineData(typeof(DepthEstimationEstimator))]
    public void Is_what_the_text_file_says(Type inPackage)
    {
        var package = inPackage.Assembly.GetName().Name;
        string[] found = [.. Surface(inPackage.Assembly)];
        var actual = Path.Combine(Goldens.RepositoryRoot, "artifacts", "public-api", $"{package}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(actual) ?? "");
        File.WriteAllLines(actual, found);

        var expected = File.ReadAllLines(Goldens.PathOf("public-api", $"{package}.txt"));

        Assert.True(expected.SequenceEqual(found),
            $"The public surface of {package} has changed. New:\n{string.Join('\n', found.Except(expected))}\nGone:\n{string.Join('\n', expected.Except(found))}\n"
            + $"If that is meant, copy '{actual}' over 'tests/goldens/public-api/{package}.txt' and say so in CHANGELOG.md.");
    }

    // Without what the compiler adds to records and to extension blocks.
    private static IEnumerable<string> Surface(Assembly assembly) => PublicSurface.Of(assembly)
        .Select(line => line[(line.IndexOf('|') + 2)..])
        .Where(line => !line.Contains('$') && !line.Contains("PrintMembers(") && !line.Contains("EqualityContract"))
        .Order(StringComparer.Ordinal);
}
