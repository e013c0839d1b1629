using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

/// <summary>The test assembly as a program: loads a saved pipeline as an application does, in a process that has used nothing of ours before.</summary>
internal static class FreshProcess
{
    /// <summary>Arguments: a saved pipeline with a 'Depth' output, a photo for its 'Path' column, and optionally where to save it again; or none, to
    /// print what a marked property is to ML.NET.</summary>
    public static int Main(string[] args)
    {
        try
        {
            var ml = new MLContext();
            if (args.Length == 0)
            {
                Print($"{ml.Data.LoadFromEnumerable(Array.Empty<MarkedRow>()).Schema["Depth"].Type}");
                return 0;
            }
            using var stream = File.OpenRead(args[0]);
            var loaded = ml.Model.Load(stream, out _);
            if (args.Length > 2) { ml.Model.Save(loaded, null, args[2]); }
            Print(loaded is IEnumerable<ITransformer> chain ? string.Join(", ", chain.Select(t => t.GetType().Name)) : loaded.GetType().Name);
            var depth = loaded.Transform(ml.Data.LoadFromEnumerable([new PathRow { Path = args[1] }])).GetColumn<DepthMap>("Depth").Single();
            Print(Describe(depth));
            (loaded as IDisposable)?.Dispose();
            return 0;
        }
        catch (Exception error)
        {
            Print($"{error.GetType().Name}: {error.Message}");
            return 1;
        }
    }

    /// <summary>Runs <see cref="Main"/> in a process of its own, from another copy of the program if one is given, and gives its exit code and the lines it printed.</summary>
    public static (int ExitCode, string[] Lines) Run(string[] arguments, string? modelPath = null, string? folder = null, string? program = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var argument in (string[])["exec", program ?? typeof(FreshProcess).Assembly.Location, .. arguments]) { start.ArgumentList.Add(argument); }
        start.Environment["DEPTHPRO_MODEL_PATH"] = modelPath ?? "";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        return (process.ExitCode, lines);
    }

    /// <summary>Size, focal length and every bit of the depths, in a line.</summary>
    public static string Describe(DepthMap depth) => string.Create(CultureInfo.InvariantCulture,
        $"{depth.Width} x {depth.Height}, {depth.FocalLengthPixels:R} ({depth.FocalLengthSource}), {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(depth.Meters)))}");

    private static void Print(string line) => Console.WriteLine(line);

    private sealed class MarkedRow
    {
        [DepthMapType]
        public DepthMap? Depth { get; set; }
    }
}
