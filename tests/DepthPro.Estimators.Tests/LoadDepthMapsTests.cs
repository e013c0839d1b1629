using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class LoadDepthMapsTests : IDisposable
{
    private static readonly string Folder = Goldens.PathOf("depth");

    private readonly MLContext _ml = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_files_of_every_format()
    {
        string[] files = ["version1.npy", "depth_among_others.npz", "millimeters.png", "netpbm_big.pfm"];
        var data = TestData.Paths(_ml, files);

        DepthMap[] maps = [.. _ml.Transforms.LoadDepthMaps("Truth", depthFolder: Folder, "Path").Fit(data).Transform(data).GetColumn<DepthMap>("Truth")];

        for (var i = 0; i < files.Length; i++) { AssertSame(DepthFile.Read(Path.Combine(Folder, files[i])), maps[i]); }
    }

    [Fact]
    public void Passes_on_what_the_files_do_not_say()
    {
        var data = TestData.Paths(_ml, Path.Combine(Folder, "millimeters.png"), Path.Combine(Folder, "several.npz"));
        var options = new DepthFileOptions { UnitsPerMeter = 256, ArrayName = "b" };

        DepthMap[] maps = [.. _ml.Transforms.LoadDepthMaps("Path", options: options).Fit(data).Transform(data).GetColumn<DepthMap>("Path")];

        AssertSame(DepthFile.Read(Path.Combine(Folder, "millimeters.png"), options), maps[0]);
        AssertSame(DepthFile.Read(Path.Combine(Folder, "several.npz"), options), maps[1]);
    }

    [Fact]
    public void Reads_a_file_once_a_row_and_only_when_its_depth_is_read()
    {
        Npy.Write(_folder["a.npy"], new DepthMap(1, 1, [7], float.NaN, FocalLengthSource.Unknown));
        var data = TestData.Paths(_ml, "a.npy", "missing.npy");
        var view = _ml.Transforms.LoadDepthMaps("Truth", _folder.Path, "Path").Fit(data).Transform(data);
        Assert.Equal(["a.npy", "missing.npy"], view.GetColumn<string>("Path"));

        using var cursor = view.GetRowCursor(view.Schema);
        var get = cursor.GetGetter<DepthMap?>(view.Schema["Truth"]);
        Assert.True(cursor.MoveNext());
        DepthMap? first = null, again = null;
        get(ref first);
        File.Delete(_folder["a.npy"]);
        get(ref again);
        Assert.Same(first, again);
    }

    [Fact]
    public void Comes_back_in_a_fresh_process_that_runs_elsewhere()
    {
        File.WriteAllText(_folder["calib.txt"], "cam0=[100 0 2; 0 100 2; 0 0 1]\ndoffs=1\nbaseline=10\n");
        var data = TestData.Paths(_ml, "only.npz");
        var options = new DepthFileOptions { CalibrationPath = FromHere(_folder["calib.txt"]), ArrayName = "disparity", UnitsPerMeter = 256 };
        var model = _ml.Transforms.LoadDepthMaps("Depth", FromHere(Folder), "Path", options).Fit(data);
        _ml.Model.Save(model, data.Schema, _folder["model.zip"]);

        var (exitCode, lines) = FreshProcess.Run([_folder["model.zip"], "only.npz"]);

        var depth = model.Transform(data).Only<DepthMap>("Depth");
        Assert.Equal((100, FocalLengthSource.Given), (depth.FocalLengthPixels, depth.FocalLengthSource));
        Assert.Equal(["DepthMapLoadingTransformer", FreshProcess.Describe(depth)], lines);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void Names_the_file_that_it_cannot_read()
    {
        File.WriteAllText(_folder["text.npy"], "no depth");
        Assert.Contains(_folder["text.npy"], ErrorOf<InvalidDataException>("text.npy"), StringComparison.Ordinal);
        Assert.Contains(_folder["nowhere.npy"], ErrorOf<FileNotFoundException>("nowhere.npy"), StringComparison.Ordinal);
        Assert.Contains("Column 'Path', row 0 is empty; expected the path of a depth map", ErrorOf<InvalidDataException>(""), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_bad_names_folders_and_options()
    {
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadDepthMaps(""));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadDepthMaps("Truth", inputColumnName: " "));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.LoadDepthMaps("Truth", options: new() { UnitsPerMeter = 0 }));
        var error = Assert.Throws<DirectoryNotFoundException>(() => _ml.Transforms.LoadDepthMaps("Truth", "TruthPath"));
        Assert.Contains("LoadDepthMaps: there is no depth folder", error.Message, StringComparison.Ordinal);
        Assert.Contains("column of paths is the third", error.Message, StringComparison.Ordinal);
    }

    private static string FromHere(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path);

    private static void AssertSame(DepthMap expected, DepthMap got)
    {
        Assert.Equal((expected.Width, expected.Height), (got.Width, got.Height));
        Assert.Equal(expected.Meters.ToArray(), got.Meters.ToArray());
    }

    private string ErrorOf<TError>(string path)
        where TError : Exception
    {
        var data = TestData.Paths(_ml, path);
        return Assert.Throws<TError>(() => _ml.Transforms.LoadDepthMaps("Truth", _folder.Path, "Path").Fit(data).Transform(data).GetColumn<DepthMap>("Truth").ToList()).Message;
    }
}
