using System.Diagnostics;
using System.Globalization;
using DepthPro.Network;
using DepthPro.Network.Onnx;

namespace DepthPro.FullSize;

/// <summary>How long a conversion takes, in units of what no converter can do without: writing its output, and the SHA-256 of source and output.</summary>
internal static class ConversionTime
{
    private const int Rounds = 3;

    private const double MostTimesTheYardstick = 3;

    /// <summary>Converts in turn with the yardstick and prints both; 1 when no round stays within three times the yardstick, else 0.</summary>
    public static int Measure(string checkpoint, string root)
    {
        var (model, copy) = (Path.Combine(root, "model-fp16"), Path.Combine(root, "copy"));
        var least = double.PositiveInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            var convert = Time(() => StageClock.Measure("convert", () => ModelConverter.Convert(checkpoint, model, new() { Precision = WeightPrecision.Float16 })));
            var copying = Time(() =>
            {
                using var cp = Process.Start("cp", ["-r", model, copy]);
                cp.WaitForExit();
            });
            var hashing = Time(() => Sha256.OfFile(checkpoint)) + Time(() => Directory.GetFiles(model).ToList().ForEach(file => Sha256.OfFile(file)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"convert {convert:f1} s; cp of its output {copying:f1} s, SHA-256 of source and output {hashing:f1} s: ratio {convert / (copying + hashing):f2}"));
            least = Math.Min(least, convert / (copying + hashing));
            Directory.Delete(copy, recursive: true);
            Directory.Delete(model, recursive: true);
        }
        return least <= MostTimesTheYardstick ? 0 : 1;
    }

    private static double Time(Action run)
    {
        var watch = Stopwatch.StartNew();
        run();
        return watch.Elapsed.TotalSeconds;
    }
}
