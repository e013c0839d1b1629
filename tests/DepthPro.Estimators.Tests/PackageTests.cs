using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using DepthPro.Tests;

namespace DepthPro.Estimators.Tests;

/// <summary>
/// What <c>dotnet pack</c> makes: the assemblies just built, with the official packages as dependencies. Packing needs a feed that serves
/// these; here a folder of empty packages under their names stands for it, in a copy of the repository with a package cache of its own.
/// </summary>
public sealed class PackageTests(PackageTests.Packages packages) : IClassFixture<PackageTests.Packages>
{
    [Theory]
    [InlineData("DepthPro.Network", "Google.Protobuf 3.25.1, System.Numerics.Tensors 9.0.19")]
    [InlineData("DepthPro.Transforms", "DepthPro.Network 0.1.0, Microsoft.ML 5.0.1, Microsoft.ML.ImageAnalytics 5.0.1, Microsoft.ML.OnnxRuntime.Managed 1.29.0, System.Numerics.Tensors 9.0.19")]
    [InlineData("DepthPro.Estimators", "DepthPro.Transforms 0.1.0")]
    public void Depends_on_the_official_packages_only(string id, string dependencies)
    {
        var nuspec = packages.Nuspec(id);
        string Text(string name) => (string?)nuspec.Descendants().FirstOrDefault(e => e.Name.LocalName == name) ?? "";

        Assert.Equal(dependencies, string.Join(", ", nuspec.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => $"{e.Attribute("id")?.Value} {e.Attribute("version")?.Value}")));
        Assert.Equal((id, "0.1.0", "MIT", "README.md"), (Text("id"), Text("version"), Text("license"), Text("readme")));
        Assert.NotEmpty(Text("description"));
    }

    [Theory]
    [InlineData("DepthPro.Network")]
    [InlineData("DepthPro.Transforms")]
    [InlineData("DepthPro.Estimators")]
    public void Holds_assembly_documentation_readme_and_symbols_and_nothing_of_others(string id)
    {
        static IEnumerable<string> OfOurs(ZipArchive package) => package.Entries.Select(e => e.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal) || name.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        using var package = ZipFile.OpenRead(packages.PathOf($"{id}.0.1.0.nupkg"));
        using var symbols = ZipFile.OpenRead(packages.PathOf($"{id}.0.1.0.snupkg"));

        Assert.Equal(["README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], OfOurs(package));
        Assert.Equal([$"lib/net10.0/{id}.pdb"], OfOurs(symbols));
    }

    [Fact]
    public void Is_refused_on_the_stand_in()
    {
        var (code, output) = Packages.Dotnet(Goldens.RepositoryRoot, null, "msbuild", "src/DepthPro.Network", "-t:RefuseToPack", "-p:MLNetSource=standin");

        Assert.NotEqual(0, code);
        Assert.Contains("'DepthPro.Network' cannot be packed: its dependencies would not be the official packages", output);
    }

    /// <summary>The packages, made once.</summary>
    public sealed class Packages : IDisposable
    {
        private static readonly string[] Ids = ["DepthPro.Network", "DepthPro.Transforms", "DepthPro.Estimators"];

        private readonly TemporaryFolder _folder = new();

        public Packages()
        {
            CopyRepository(_folder["copy"]);
            var projects = string.Join(", ", Ids.Select(id => $"\"src\\\\{id}\\\\{id}.csproj\""));
            File.WriteAllText(_folder[Path.Combine("copy", "packages.slnf")], $$"""{ "solution": { "path": "DepthPro.MLNet.sln", "projects": [{{projects}}] } }""");
            Directory.CreateDirectory(_folder["feed"]);
            foreach (var (id, version) in new[] { ("Microsoft.ML", "5.0.1"), ("Microsoft.ML.ImageAnalytics", "5.0.1"), ("Microsoft.ML.OnnxRuntime.Managed", "1.29.0") }) { WriteEmptyPackage(id, version); }

            string[] source = ["-p:MLNetSource=nuget", $"-p:RestoreFallbackFolders={GlobalPackages}", $"-p:RestoreSources={_folder["feed"]}"];
            Require(Dotnet(_folder["copy"], _folder["cache"], ["restore", "packages.slnf", .. source]));
            Require(Dotnet(_folder["copy"], _folder["cache"], ["pack", "packages.slnf", "-c", Configuration, "--no-restore", "--no-build", "-o", _folder["out"], .. source]));
        }

        public string PathOf(string file) => _folder[Path.Combine("out", file)];

        public XDocument Nuspec(string id)
        {
            using var package = ZipFile.OpenRead(PathOf($"{id}.0.1.0.nupkg"));
            using var nuspec = package.Entries.Single(e => e.FullName == $"{id}.nuspec").Open();
            return XDocument.Load(nuspec);
        }

        public void Dispose() => _folder.Dispose();

        public static (int Code, string Output) Dotnet(string folder, string? packageCache, params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) { start.Environment.Remove(name); }
            start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            if (packageCache is not null) { start.Environment["NUGET_PACKAGES"] = packageCache; }
            using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }

        // The folder above the target framework's: Debug or Release.
        private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";

        private static string GlobalPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

        private static void CopyRepository(string target)
        {
            var root = Goldens.RepositoryRoot;
            var built = Ids.Select(id => Path.Combine(root, "src", id, "bin", Configuration)).ToArray();
            string[] single = [.. Directory.GetFiles(root, "Directory.*"), .. Directory.GetFiles(root, "*.sln"), Path.Combine(root, "README.md")];
            var sources = new[] { "src", "eng" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
                .Where(file => built.Any(file.StartsWith) || !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
            foreach (var file in single.Concat(sources))
            {
                var copy = Path.Combine(target, Path.GetRelativePath(root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? target);
                File.Copy(file, copy);
            }
        }

        private void WriteEmptyPackage(string id, string version)
        {
            using var package = ZipFile.Open(_folder[Path.Combine("feed", $"{id}.{version}.nupkg")], ZipArchiveMode.Create);
            using var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
            nuspec.Write($"""<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>{id}</id><version>{version}</version><authors>none</authors><description>empty</description></metadata></package>""");
        }

        private static void Require((int Code, string Output) run) => Assert.True(run.Code == 0, run.Output);
    }
}
