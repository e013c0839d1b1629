using System.Diagnostics;

namespace DepthPro.SideBySide;

/// <summary>onnxruntime-node, installed beside the program at first use, of the version in package-lock.json.</summary>
internal static class NodePackages
{
    /// <summary>The folder that holds node_modules.</summary>
    public static string Installed()
    {
        var folder = AppContext.BaseDirectory;
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "onnxruntime-node")))
        {
            // Without its script, which fetches GPU libraries.
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = folder, RedirectStandardOutput = true })
                ?? throw new InvalidOperationException("npm does not start.");
            npm.WaitForExit();
            if (npm.ExitCode != 0) { throw new InvalidOperationException($"npm ci ended with {npm.ExitCode} in '{folder}'."); }
        }
        return folder;
    }
}
