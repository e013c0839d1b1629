namespace DepthPro.Cli.Tests;

public sealed class PhotoInputsTests : IDisposable
{
    private readonly PhotoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Subfolders_count_where_they_are_asked_for()
    {
        Touch("a.png", "sub/b.jpg", "sub/deep/c.webp", "sub/notes.txt");

        Assert.Equal(["a"], Stems(recursive: false));
        Assert.Equal(["a", "sub/b", "sub/deep/c"], Stems(recursive: true));
        Assert.Equal(["sub/b"], PhotoInputs.Find([_folder["photos/*.jpg"]], recursive: true).Photos.Select(photo => photo.OutputStem));
        Assert.Equal([Path.Combine(_folder["photos"], "sub", "b.jpg")], PhotoInputs.Find([_folder["photos/*.jpg"]], recursive: true).Photos.Select(photo => photo.Path));
    }

    [Fact]
    public void Equal_stems_keep_their_extension_in_one_folder_and_not_across_folders()
    {
        Touch("a.png", "sub/a.png", "sub/a.jpg", "other/a.jpg");

        Assert.Equal(["a", "other/a", "sub/a.jpg", "sub/a.png"], Stems(recursive: true));
    }

    [Fact]
    public void Equal_stems_of_two_folders_that_are_named_clash()
    {
        Touch("one/x/a.png", "two/x/a.png");

        var error = Assert.Throws<UsageException>(() => PhotoInputs.Find([_folder["photos/one"], _folder["photos/two"]], recursive: true)).Message;

        Assert.Contains("would both write 'x/a.png.npy'", error);
    }

    [Theory]
    [InlineData("depth")]
    [InlineData(".")]
    public void Outputs_of_any_format_never_count(string outputs)
    {
        Touch(["a.jpg", .. OutputFormat.All.Select(format => $"{outputs}/a{format.Suffix}"), $"{outputs}/a.json", $"{outputs}/a.depth16.0123.tmp.png"]);

        Assert.Equal(["a"], Stems(recursive: true));
        Assert.Equal(["a"], PhotoInputs.Find([_folder["photos/*"]], recursive: true).Photos.Select(photo => photo.OutputStem));
        Assert.Equal(["a.jpg"], PhotoInputs.Find(Directory.GetFiles(_folder["photos"])).Photos.Select(photo => photo.RelativePath)); // as a shell's pattern names them
        Assert.Equal("Skipped 9 files that are no photos: .depth.png 2, .depth16.png 1, .glb 1, .json 1, .npy 1, .npz 1, .pfm 1, .ply 1.", PhotoInputs.Find([_folder["photos"]], recursive: true).DescribeSkipped());
    }

    [UnixFact]
    public void Links_that_lead_in_circles_are_counted_and_not_followed()
    {
        Touch("sub/a.jpg");
        Directory.CreateSymbolicLink(_folder["photos/sub/round"], _folder["photos"]);

        Assert.Equal(["sub/a"], Stems(recursive: true));
        Assert.Equal("Skipped 1 links to folders, which are not followed.", PhotoInputs.Find([_folder["photos"]], recursive: true).DescribeSkipped());
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_two_where_file_systems_tell_them_apart()
    {
        Touch("one/x/IMG_1.jpg", "two/x/img_1.jpg");
        PhotoInputs Find() => PhotoInputs.Find([_folder["photos/one"], _folder["photos/two"]], recursive: true);

        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) { Assert.Contains("would both write", Assert.Throws<UsageException>(() => Find()).Message); }
        else { Assert.Equal(["x/IMG_1", "x/img_1"], Find().Photos.Select(photo => photo.OutputStem)); }
    }

    [Fact]
    public void A_folder_without_photos_points_to_subfolders()
    {
        Touch("sub/a.jpg");

        Assert.Contains("--recursive looks into subfolders", Assert.Throws<UsageException>(() => PhotoInputs.Find([_folder["photos"]])).Message);
        Assert.DoesNotContain("--recursive", Assert.Throws<UsageException>(() => PhotoInputs.Find([_folder["photos/*.png"]], recursive: true)).Message);
    }

    private void Touch(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) { _folder.Broken($"photos/{name}"); }
    }

    private IEnumerable<string> Stems(bool recursive) => PhotoInputs.Find([_folder["photos"]], recursive).Photos.Select(photo => photo.OutputStem);
}
