using System.Diagnostics;
using System.Globalization;
using DepthPro.Depth;
using DepthPro.Network;
using DepthPro.Patches;
using DepthPro.Preprocessing;
using Microsoft.ML.Data;

namespace DepthPro.SideBySide;

/// <summary>Times of what lies around the network at its published size, from a photo file to a written .npy, for photos of several sizes; and beside the same steps in Python.</summary>
internal sealed class StageTimes(string photoPath, string folder)
{
    private const double LeastSeconds = 1;

    private static readonly NetworkConfig Config = new();
    private static readonly string[] Stages = ["decode", "prepare", "patches", "metric", "colour", "npy"];

    /// <summary>Prints milliseconds of each stage for each size, the photo being scaled to it.</summary>
    public void PrintSizes(IEnumerable<double> megapixels)
    {
        Console.WriteLine($"| megapixels | {string.Join(", ms | ", Stages)}, ms |");
        Console.WriteLine($"|---|{string.Concat(Stages.Select(_ => "---|"))}");
        foreach (var size in megapixels)
        {
            var times = Ours(Scaled(size));
            Console.WriteLine(FormattableString.Invariant($"| {size} | {string.Join(" | ", Stages.Select(stage => FormattableString.Invariant($"{times[stage]:f1}")))} |"));
        }
    }

    /// <summary>Prints the stages of one size in turns with Python's, and how their medians compare.</summary>
    public void PrintBesidePython(double megapixels, int rounds, string python)
    {
        var path = Scaled(megapixels);
        var all = Enumerable.Range(0, rounds).Select(_ => (Ours: Ours(path), Python: Python(path, python))).ToList();
        Console.WriteLine(FormattableString.Invariant($"{megapixels} megapixels, medians of {rounds} rounds"));
        Console.WriteLine("| | ours, ms | Python, ms | times as fast |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var stage in Stages)
        {
            var (ours, theirs) = (all.Select(round => round.Ours[stage]).Median(), all.Select(round => round.Python[stage]).Median());
            Console.WriteLine(FormattableString.Invariant($"| {stage} | {ours:f1} | {theirs:f1} | {theirs / ours:f2} |"));
        }
    }

    private Dictionary<string, double> Ours(string path)
    {
        var (input, patches, random) = (new float[3 * Config.InputSize * Config.InputSize], new float[DepthPatches.LengthOf(Config)], new Random(1));
        float[] inverseDepth = [.. Enumerable.Range(0, Config.OutputSize * Config.OutputSize).Select(_ => random.NextSingle() + 0.1f)];
        var photo = Photo.FromFile(path);
        DepthMap Metric() => MetricDepth.FromInverseDepth(inverseDepth, Config.OutputSize, photo.Width, photo.Height, photo.Width, FocalLengthSource.Given);
        var depth = Metric();
        var runs = new Dictionary<string, Action>
        {
            ["decode"] = () => Photo.FromFile(path),
            ["prepare"] = () => DepthInput.Prepare(photo, Config.InputSize, input),
            ["patches"] = () => DepthPatches.Extract(input, Config, patches),
            ["metric"] = () => Metric(),
            ["colour"] = () => DepthVisuals.Colorize(depth),
            ["npy"] = () => Npy.Write(Path.Combine(folder, "ours.npy"), depth),
        };
        return runs.ToDictionary(run => run.Key, run => MedianOf(run.Value));
    }

    private Dictionary<string, double> Python(string path, string python)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "python_stages.py"), path, $"{Config.InputSize}", $"{Config.OutputSize}", folder, $"{Environment.ProcessorCount}"];
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"'{python}' does not start.");
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? lines.Select(line => line.Split(' ')).ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"python_stages.py ended with {process.ExitCode}; what it said is above.");
    }

    // The photo with each pixel repeated or left out, as a JPEG file.
    private string Scaled(double megapixels)
    {
        var photo = Photo.FromFile(photoPath);
        var scale = Math.Sqrt(megapixels * 1e6 / ((double)photo.Width * photo.Height));
        var (width, height) = ((int)Math.Round(photo.Width * scale), (int)Math.Round(photo.Height * scale));
        var (from, pixels) = (photo.Rgb.ToArray(), new byte[4 * width * height]);
        for (var i = 0; i < width * height; i++)
        {
            var source = 3 * (i / width * photo.Height / height * photo.Width + i % width * photo.Width / width);
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (from[source + 2], from[source + 1], from[source], 255);
        }
        var path = Path.Combine(folder, FormattableString.Invariant($"{megapixels}.jpg"));
        using var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
        image.Save(path);
        return path;
    }

    private static double MedianOf(Action run)
    {
        run();
        var (all, times) = (Stopwatch.StartNew(), new List<double>());
        do
        {
            var watch = Stopwatch.StartNew();
            run();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        while (all.Elapsed.TotalSeconds < LeastSeconds);
        return times.Median();
    }
}
