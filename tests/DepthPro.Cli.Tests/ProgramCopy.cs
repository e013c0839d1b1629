using System.Diagnostics;
using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

/// <summary>The program in a folder of its own, with another native library of ONNX Runtime or none, run as a process.</summary>
internal sealed class ProgramCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProgramCopy(string? onnxRuntime = null)
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(f => Path.GetExtension(f) is ".dll" or ".json" && Path.GetFileName(f) != "onnxruntime.dll"))
        {
            File.Copy(file, _folder[Path.GetFileName(file)]);
        }
        if (onnxRuntime is not null) { File.Copy(onnxRuntime, _folder[Path.GetFileName(onnxRuntime)]); }
    }

    public static (int Code, string Output, string Error) Run(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(folder, "depthpro.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("'dotnet' did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public (int Code, string Output, string Error) Run(params string[] args) => Run(_folder.Path, args);

    public void Dispose() => _folder.Dispose();
}
