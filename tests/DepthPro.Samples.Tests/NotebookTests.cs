using System.Text.Json.Nodes;
using DepthPro.Notebooks;
using DepthPro.Tests;
using Xunit.Abstractions;

namespace DepthPro.Samples.Tests;

/// <summary>Every notebook runs, and prints what is saved in it.</summary>
public sealed class NotebookTests(ITestOutputHelper output)
{
    private static string Folder => Path.Combine(Goldens.RepositoryRoot, "samples", "notebooks");

    public static TheoryData<string> Notebooks => [.. Directory.GetFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Runs_and_prints_what_is_saved(string name)
    {
        var problems = await NotebookRun.Of(Notebook.Read(Path.Combine(Folder, name)), isSaving: false, output.WriteLine);

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Holds_its_outputs_and_stays_small(string name)
    {
        var path = Path.Combine(Folder, name);
        Assert.InRange(new FileInfo(path).Length, 1, Notebook.LargestBytes);
        Assert.Contains(Notebook.Read(path).CodeCells, cell => cell.Outputs.Count > 0);
        var json = JsonNode.Parse(File.ReadAllText(path));
        Assert.Equal(".net-csharp", (string?)json?["metadata"]?["kernelspec"]?["name"]);
        Assert.Equal("polyglot-notebook", (string?)json?["metadata"]?["language_info"]?["name"]);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Gives_every_cell_an_id_of_its_own(string name)
    {
        var path = Path.Combine(Folder, name);
        var json = JsonNode.Parse(File.ReadAllText(path));
        Assert.Equal("4.5", $"{json?["nbformat"]}.{json?["nbformat_minor"]}"); // the first format that demands ids, and says of what form
        var ids = CellIds(path);
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", id));
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void There_are_five() => Assert.Equal(5, Notebooks.Count);

    [Fact]
    public async Task Text_that_differs_from_what_is_saved_is_told_and_saving_mends_it()
    {
        using var folder = new TemporaryFolder();
        var path = Written(folder, "Console.WriteLine(1 + 1);", "var x = 3; x + 1");
        Assert.Contains("1 outputs; 0 are saved", Assert.Single((await Run(path, isSaving: false))[..1]));

        Assert.Empty(await Run(path, isSaving: true));
        Assert.Empty(await Run(path, isSaving: false));
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"2\\n\"", "\"5\\n\"", StringComparison.Ordinal));
        Assert.Contains("output 1 is\n2\n\nsaved is\n5\n", Assert.Single(await Run(path, isSaving: false)));
    }

    [Fact]
    public async Task Saving_keeps_the_ids_of_the_cells()
    {
        using var folder = new TemporaryFolder();
        var path = Written(folder, "1", "2");
        Assert.Empty(await Run(path, isSaving: true));
        Assert.Equal("cell-1 cell-2", string.Join(' ', CellIds(path)));
    }

    [Theory]
    [InlineData("depth 1.23 m, 5 pixels", "depth 1.24 m, 5 pixels", true)]
    [InlineData("depth  9.9 m", "depth 10.0 m", true)]
    [InlineData("42 %, 42%, 3 m", "43 %, 41%, 4 m", true)]
    [InlineData("focal length 664 pixels (estimated), field of view 49 degrees", "focal length 665 pixels (estimated), field of view 50 degrees", true)]
    [InlineData("focal length    99 px", "focal length   100 px", true)]
    [InlineData("depth 1.23 m", "depth 1.25 m", false)]
    [InlineData("42 %", "44 %", false)]
    [InlineData("1.5 m", "1.5 km", false)]
    [InlineData("1.5 m", "1.5 m 2", false)]
    public void What_is_measured_may_differ_by_one_in_its_last_digit(string found, string saved, bool agrees) => Assert.Equal(agrees, PrintedText.Agrees(found, saved));

    [Theory]
    [InlineData("600 x 400 pixels", "600 x 401 pixels")]
    [InlineData("600 x 400, median 3.0 m", "601 x 400, median 3.0 m")]
    [InlineData("done: 4 photos", "done: 3 photos")]
    [InlineData("5 mats", "6 mats")]
    [InlineData("18 of 20 right", "17 of 20 right")]
    [InlineData("delta1 0.29", "delta2 0.29")]
    public void Sizes_and_counts_may_not_differ(string found, string saved) => Assert.False(PrintedText.Agrees(found, saved));

    [Fact]
    public async Task Cell_that_fails_is_named_and_nothing_is_saved()
    {
        using var folder = new TemporaryFolder();
        var path = Written(folder, "Console.WriteLine(1);", "throw new System.IO.IOException(\"The disk is gone.\");");
        var before = File.ReadAllText(path);

        var problem = Assert.Single(await Run(path, isSaving: true));

        Assert.Contains("made.ipynb, code cell 2 failed", problem);
        Assert.Contains("The disk is gone.", problem);
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Contains("CS0103", Assert.Single(await Run(Written(folder, "nowhere()"), isSaving: false)));
    }

    [Fact]
    public async Task Values_show_by_the_formatters_of_their_types_and_packages_are_the_projects()
    {
        using var folder = new TemporaryFolder();
        var path = Written(folder, "#r \"nuget: DepthPro.Estimators, 0.1.0\"\nusing DepthPro;\ndisplay(HTML(\"<b>bold</b>\"));\nnew DepthMap(2, 1, [1f, 2f], 3, FocalLengthSource.Given)");
        var notebook = Notebook.Read(path);

        Assert.Empty(await NotebookRun.Of(notebook, isSaving: true, output.WriteLine));

        var outputs = Assert.Single(notebook.CodeCells).Outputs;
        Assert.Equal("<b>bold</b>", outputs[0].Data[CellOutput.Html]);
        Assert.Contains("2 x 1, 1 to 2 m", outputs[1].Text);
        Assert.Contains("<img", outputs[1].Data[CellOutput.Html]);
    }

    private static string?[] CellIds(string path) => [.. (JsonNode.Parse(File.ReadAllText(path))?["cells"]?.AsArray() ?? []).Select(cell => (string?)cell?["id"])];

    private async Task<List<string>> Run(string path, bool isSaving)
    {
        var notebook = Notebook.Read(path);
        var problems = await NotebookRun.Of(notebook, isSaving, output.WriteLine);
        if (isSaving && problems.Count == 0) { notebook.Save(); }
        return [.. problems];
    }

    private static string Written(TemporaryFolder folder, params string[] cells)
    {
        var json = new JsonObject { ["cells"] = new JsonArray([.. cells.Select((source, i) => new JsonObject { ["cell_type"] = "code", ["id"] = $"cell-{i + 1}", ["source"] = source, ["outputs"] = new JsonArray(), ["metadata"] = new JsonObject() })]) };
        File.WriteAllText(folder["made.ipynb"], json.ToJsonString());
        return folder["made.ipynb"];
    }
}
