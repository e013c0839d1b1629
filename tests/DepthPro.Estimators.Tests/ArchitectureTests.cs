using DepthPro.Tests;

namespace DepthPro.Estimators.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Names_every_folder_under_src()
    {
        var text = File.ReadAllText(Path.Combine(Goldens.RepositoryRoot, "ARCHITECTURE.md"));
        string[] builtFolders = ["bin", "obj"];

        var projects = Directory.GetDirectories(Path.Combine(Goldens.RepositoryRoot, "src"));
        var folders = projects.SelectMany(Directory.GetDirectories).Select(folder => Path.GetFileName(folder)).Except(builtFolders);

        Assert.All(projects, project => Assert.Contains($"**{Path.GetFileName(project)}**", text, StringComparison.Ordinal));
        Assert.All(folders, folder => Assert.Contains($"`{folder}/`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_only_what_there_is()
    {
        var text = File.ReadAllText(Path.Combine(Goldens.RepositoryRoot, "ARCHITECTURE.md"));
        var source = Directory.GetFiles(Path.Combine(Goldens.RepositoryRoot, "src"), "*.cs", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet();

        var transformers = text.Split('`').Where(word => word.EndsWith("Transformer", StringComparison.Ordinal));

        Assert.All(transformers, transformer => Assert.Contains(transformer, source));
    }
}
