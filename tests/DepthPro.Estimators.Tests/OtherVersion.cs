using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace DepthPro.Estimators.Tests;

/// <summary>The test program with one of its assemblies in another version.</summary>
internal static class OtherVersion
{
    /// <summary>Copies the test program to a folder, where the assembly says that it is of the given version; gives the program's path.</summary>
    public static string Install(string folder, Assembly assembly, Version version)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            var copy = Path.Combine(folder, Path.GetFileName(file));
            if (Path.GetExtension(file) == ".so") { File.CreateSymbolicLink(copy, file); }
            else { File.Copy(file, copy); }
        }
        // Where the official packages are used, their native libraries lie in a folder beside the program.
        foreach (var inside in Directory.GetDirectories(AppContext.BaseDirectory)) { Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(inside)), inside); }
        var changed = Path.Combine(folder, Path.GetFileName(assembly.Location));
        SetVersion(changed, version);
        Assert.Equal(version, AssemblyName.GetAssemblyName(changed).Version);
        return Path.Combine(folder, Path.GetFileName(typeof(OtherVersion).Assembly.Location));
    }

    // ECMA-335 II.22.2: the only row of table Assembly starts with the hash algorithm (4 bytes) and the four numbers of the version (2 each).
    private static void SetVersion(string file, Version version)
    {
        var bytes = File.ReadAllBytes(file);
        using var assembly = new PEReader(new MemoryStream(bytes, writable: false));
        var at = assembly.PEHeaders.MetadataStartOffset + assembly.GetMetadataReader().GetTableMetadataOffset(TableIndex.Assembly) + 4;
        foreach (var number in new[] { version.Major, version.Minor, version.Build, version.Revision })
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at), (ushort)number);
            at += sizeof(ushort);
        }
        File.WriteAllBytes(file, bytes);
    }
}
