using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

public sealed class EstimateResumeTests : IDisposable
{
    private readonly PhotoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Does_what_is_not_done()
    {
        _folder.Photo("photos/a.png");
        _folder.Photo("photos/b.jpg");
        _folder.Broken("photos/c.jpg");
        Estimate("whole");
        Assert.Equal(ExitCode.SomeInputsFailed, Estimate("depth").Code);
        File.Delete(_folder["depth/b.json"]);

        var (code, output, error) = Estimate("depth", "--resume");

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Contains("b.jpg -> ", Assert.Single(output.TrimEnd().Split('\n')));
        Assert.Contains("1 of 3 photos are done already and skipped.", error);
        Assert.Contains("c.jpg", error);
        Assert.Contains("1 of 2 photos failed", error);
        _folder.AssertSameFiles("whole", "depth");
    }

    [Fact]
    public void Does_all_again_after_the_model_has_changed_and_then_none()
    {
        _folder.Photo("photos/a.png");
        Estimate("depth");
        PhotoFolder.Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json"), "--output", _folder["model"]);

        var changed = Estimate("depth", "--resume", "--model", _folder["model"]);
        var again = Estimate("depth", "--resume", "--model", _folder["model"]);

        Assert.Equal(ExitCode.Done, changed.Code);
        Assert.Contains("0 of 1 photos are done already", changed.Error);
        Assert.Equal(("model", Network.Sha256.OfFile(_folder["model/network.json"])), (DepthSidecar.Read(_folder["depth/a.json"]).Model, DepthSidecar.Read(_folder["depth/a.json"]).ModelSha256));
        Assert.Equal((ExitCode.Done, "", $"1 of 1 photos are done already and skipped.{Environment.NewLine}"), again);
    }

    [Fact]
    public void Does_a_photo_again_some_of_whose_files_are_of_another_model()
    {
        _folder.Photo("photos/a.png");
        PhotoFolder.Run("convert", Goldens.PathOf("micro", "depth_pro.pt"), "--config", Goldens.PathOf("micro", "network.json"), "--output", _folder["model"]);
        string[] Arguments(string output, string formats) => ["estimate", _folder["photos"], "--output", _folder[output], "--format", formats];
        PhotoFolder.Run(Arguments("depth", "npy,png"));
        PhotoFolder.Run([.. Arguments("depth", "npy"), "--model", _folder["model"]]);
        PhotoFolder.Run([.. Arguments("whole", "npy,png"), "--model", _folder["model"]]);

        var (code, _, error) = PhotoFolder.Run([.. Arguments("depth", "npy,png"), "--model", _folder["model"], "--resume"]);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("0 of 1 photos are done already", error);
        _folder.AssertSameFiles("whole", "depth");
    }

    [Fact]
    public void Does_a_photo_again_that_another_one_has_replaced()
    {
        var before = new FileInfo(_folder.Photo("photos/a.png")).Length;
        Estimate("depth");
        Assert.NotEqual(before, new FileInfo(_folder.Photo("photos/a.png", 32, 20)).Length);
        Estimate("whole");

        var (code, _, error) = Estimate("depth", "--resume");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("0 of 1 photos are done already", error);
        _folder.AssertSameFiles("whole", "depth");
    }

    [Fact]
    public void Does_a_photo_again_of_which_a_file_is_empty()
    {
        _folder.Photo("photos/a.png");
        Estimate("whole");
        Estimate("depth");
        File.WriteAllBytes(_folder["depth/a.npy"], []);

        var (code, _, error) = Estimate("depth", "--resume");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("0 of 1 photos are done already", error);
        _folder.AssertSameFiles("whole", "depth");
    }

    private (int Code, string Output, string Error) Estimate(string output, params string[] more) => PhotoFolder.Run(["estimate", _folder["photos"], "--output", _folder[output], "--format", "npy", .. more]);
}
