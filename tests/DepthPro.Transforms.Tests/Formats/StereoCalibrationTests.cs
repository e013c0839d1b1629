using DepthPro.Formats;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class StereoCalibrationTests : IDisposable
{
    // The first lines of a file as Middlebury's page on its data sets of 2014 describes them.
    private const string Calibration = "cam0=[3979.911 0 1244.772; 0 3979.911 1019.507; 0 0 1]\ncam1=[3979.911 0 1369.115; 0 3979.911 1019.507; 0 0 1]\ndoffs=124.343\nbaseline=193.001\nwidth=2\nheight=2\nndisp=280\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Turns_disparity_beside_it_into_metres()
    {
        WriteDisparity("disp0.pfm", [100, float.PositiveInfinity, 0, -200]);
        File.WriteAllText(_folder["calib.txt"], Calibration.Replace("\n", "\r\n", StringComparison.Ordinal));

        var depth = DepthFile.Read(_folder["disp0.pfm"]);

        // Z = 193.001 mm * 3979.911 / (d + 124.343), from the bottom row up.
        Assert.Equal([6.1774832f, float.NaN, 3.4238947f, float.NaN], depth.Meters.ToArray(), (a, b) => (float.IsNaN(a) && float.IsNaN(b)) || Math.Abs(a - b) < 1e-5);
        Assert.Equal((3979.911f, FocalLengthSource.Given), (depth.FocalLengthPixels, depth.FocalLengthSource));
    }

    [Fact]
    public void Is_used_for_arrays_and_any_name_when_named()
    {
        File.WriteAllText(_folder["other.txt"], Calibration);
        Npy.Write(_folder["d.npy"], new DepthMap(2, 2, [0, 100, float.NaN, float.PositiveInfinity], float.NaN, FocalLengthSource.Unknown));

        var depth = DepthFile.Read(_folder["d.npy"], new() { CalibrationPath = _folder["other.txt"] });

        Assert.Equal([6.1774832f, 3.4238947f, float.NaN, float.NaN], depth.Meters.ToArray(), (a, b) => (float.IsNaN(a) && float.IsNaN(b)) || Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Is_not_used_for_depth_in_the_same_folder()
    {
        WriteDisparity("depth.pfm", [1, 2, 3, float.NegativeInfinity]);
        File.WriteAllText(_folder["calib.txt"], Calibration);

        var depth = DepthFile.Read(_folder["depth.pfm"]);

        Assert.Equal([3, float.NaN, 1, 2], depth.Meters.ToArray());
        Assert.Equal(FocalLengthSource.Unknown, depth.FocalLengthSource);
    }

    [Fact]
    public void Is_missed_where_a_file_is_named_as_disparity_is()
    {
        WriteDisparity("disp0GT.pfm", [1, 2, 3, 4]);

        var error = Assert.Throws<FileNotFoundException>(() => DepthFile.Read(_folder["disp0GT.pfm"])).Message;

        foreach (var part in new[] { "disp0GT.pfm' is named as disparity is", _folder["calib.txt"], "CalibrationPath", "rename" }) { Assert.Contains(part, error); }
        Assert.Contains(_folder["no.txt"], Assert.Throws<FileNotFoundException>(() => DepthFile.Read(_folder["disp0GT.pfm"], new() { CalibrationPath = _folder["no.txt"] })).Message);
    }

    [Fact]
    public void Is_refused_for_another_size_and_for_png()
    {
        WriteDisparity("disp1.pfm", [1, 2, 3, 4]);
        File.WriteAllText(_folder["calib.txt"], Calibration.Replace("width=2", "width=4", StringComparison.Ordinal));
        Assert.Contains("is 2 x 2 pixels; its calibration", Assert.Throws<InvalidDataException>(() => DepthFile.Read(_folder["disp1.pfm"])).Message);
        Assert.Contains("expected disparity as .pfm, .npy or .npz",
            Assert.Throws<InvalidDataException>(() => DepthFile.Read(DepthGoldens.PathOf("millimeters.png"), new() { CalibrationPath = _folder["calib.txt"] })).Message);
    }

    [Theory]
    [InlineData("cam0=", "x=", "has no line 'cam0='; expected a finite number above 0 first in a matrix")]
    [InlineData("cam0=[3979.911", "cam0=[-1", "has 'cam0=[-1 0 1244.772; 0 3979.911 1019.507; 0 0 1]'")]
    [InlineData("cam0=[3979.911", "cam0=[1e39", "has 'cam0=[1e39 0")]
    [InlineData("baseline=193.001", "baseline=", "has 'baseline='; expected a finite number above 0")]
    [InlineData("baseline=193.001", "baseline=nan", "has 'baseline=nan'")]
    [InlineData("doffs=124.343", "", "has no line 'doffs='; expected a finite number.")]
    [InlineData("width=2", "width=two", "has 'width=two'")]
    public void Is_refused_without_its_numbers(string line, string by, string part) =>
        Assert.Contains($"Calibration 'calib.txt' {part}", Assert.Throws<InvalidDataException>(() => StereoCalibration.Parse(Calibration.Replace(line, by, StringComparison.Ordinal), "calib.txt")).Message);

    [Fact]
    public void Is_refused_when_it_is_long()
    {
        File.WriteAllText(_folder["calib.txt"], new string(' ', 65_537));

        Assert.Contains("has 65537 bytes; expected", Assert.Throws<InvalidDataException>(() => StereoCalibration.Read(_folder["calib.txt"])).Message);
    }

    // The values as a PFM file has them: the bottom row first.
    private void WriteDisparity(string name, float[] stored) => File.WriteAllBytes(_folder[name], PfmReaderTests.Of("Pf\n2 2\n-1\n", stored, isBigEndian: false));
}
