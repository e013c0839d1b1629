using DepthPro.Notebooks;

// Runs the notebooks and compares what they print with what is saved in them; with --save, saves it.
var isSaving = args.Contains("--save");
string[] named = [.. args.Where(argument => argument != "--save")];
string[] paths = named.Length > 0 ? named : [.. Directory.GetFiles(Path.Combine(Repository(), "samples", "notebooks"), "*.ipynb").Order(StringComparer.Ordinal)];
var failed = 0;
foreach (var path in paths)
{
    var notebook = Notebook.Read(path);
    var problems = await NotebookRun.Of(notebook, isSaving, Console.WriteLine);
    foreach (var problem in problems) { Console.Error.WriteLine(problem); }
    failed += problems.Count > 0 ? 1 : 0;
    if (problems.Count > 0) { continue; }
    if (isSaving) { notebook.Save(); }
    var bytes = new FileInfo(path).Length;
    if (bytes > Notebook.LargestBytes)
    {
        failed++;
        Console.Error.WriteLine($"'{path}' has {bytes} bytes; expected at most {Notebook.LargestBytes}. Show smaller pictures.");
    }
    Console.WriteLine($"{Path.GetFileName(path)}: {notebook.CodeCells.Count} cells, {bytes / 1000} kB{(isSaving ? ", saved" : "")}");
}
return failed == 0 ? 0 : 1;

static string Repository()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DepthPro.MLNet.sln"))) { folder = folder.Parent; }
    return folder?.FullName ?? throw new DirectoryNotFoundException("Run the notebooks from a checkout of DepthPro.MLNet, or name them.");
}
