using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace DepthPro.Scoring.Devices;

/// <summary>The library without which a provider's library does not load; ONNX Runtime's exception does not name it.</summary>
/// <param name="Message">A sentence with the names of both.</param>
/// <param name="IsProvider">Whether ONNX Runtime's own part is missing, and not what it needs from the machine.</param>
internal sealed partial record MissingLibrary(string Message, bool IsProvider)
{
    private const string Shared = "onnxruntime_providers_shared"; // the host that every provider's library links against

    /// <summary>What is missing; null when the library loads.</summary>
    /// <remarks>To be asked only after ONNX Runtime has tried: a provider's library that is loaded before its host has no host for the life of the process.</remarks>
    public static MissingLibrary? Of(string library) => Path.GetDirectoryName(OnnxRuntimeLibrary.File) is { } folder ? Of(library, folder) : null;

    /// <inheritdoc cref="Of(string)"/>
    internal static MissingLibrary? Of(string library, string folder)
    {
        foreach (var file in new[] { FileName(Shared), FileName(library) })
        {
            if (!File.Exists(Path.Combine(folder, file))) { return new($"{file} is not in '{folder}', where ONNX Runtime looks for it.", IsProvider: true); }
        }
        try
        {
            NativeLibrary.Free(NativeLibrary.Load(Path.Combine(folder, FileName(library))));
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            var dependency = NotFound().Match(exception.Message);
            return new(dependency.Success
                ? $"{dependency.Groups[1].Value} was not found; {FileName(library)} needs it."
                : $"{FileName(library)}, or a library that it needs, does not load.", IsProvider: false);
        }
    }

    private static string FileName(string library)
        => OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    // glibc's words; Windows does not say which library it did not find.
    [GeneratedRegex(@"(\S+\.so[.\d]*): cannot open shared object file")]
    private static partial Regex NotFound();
}
