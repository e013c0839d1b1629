using System.Globalization;
using System.Text.RegularExpressions;
using DepthPro.Tests;

namespace DepthPro.Cli.Tests;

/// <summary>Folders of mixed photos, some broken, in one run and in shards that share a folder.</summary>
public sealed class EstimateShardsTests : IDisposable
{
    private const int Shards = 3;
    private static readonly string[] Extensions = [".png", ".jpg", ".webp"];

    private readonly PhotoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void Three_shards_one_of_them_killed_and_resumed_equal_one_run_of_12_photos() => EqualOneRun(photos: 12, broken: 2);

    [SlowFact]
    public void Three_shards_one_of_them_killed_and_resumed_equal_one_run_of_500_photos() => EqualOneRun(photos: 500, broken: 20);

    [Fact]
    public void An_output_folder_within_the_input_folder_is_no_input()
    {
        _folder.Photo("photos/a.png");
        _folder.Photo("photos/sub/a.png");
        _folder.Broken("photos/sub/b.jpg");
        string[] arguments = ["estimate", _folder["photos"], "--recursive", "--output", _folder["photos/sub/depth"], "--format", "npy,png,png16"];

        var first = PhotoFolder.Run(arguments);
        var second = PhotoFolder.Run([.. arguments, "--resume"]);

        Assert.Equal((ExitCode.SomeInputsFailed, ExitCode.SomeInputsFailed), (first.Code, second.Code));
        Assert.Equal(["a.depth.png", "a.depth16.png", "a.json", "a.npy", "sub/a.depth.png", "sub/a.depth16.png", "sub/a.json", "sub/a.npy"], _folder.Files("photos/sub/depth"));
        Assert.Contains($"{Path.Combine(_folder["photos"], "sub", "b.jpg")}: ", first.Error);
        Assert.Contains("1 of 3 photos failed; the others are done.", first.Error);
        Assert.Contains("2 of 3 photos are done already", second.Error);
        Assert.Equal("", second.Output);
    }

    [Fact]
    public void A_shard_without_photos_is_done()
    {
        var number = Enumerable.Range(1, 100).First(i => !new Shard(i, 100).Holds("a.png"));

        var (code, output, error) = PhotoFolder.Run("estimate", _folder.Photo("a.png"), "--output", _folder["depth"], "--shard", $"{number}/100");

        Assert.Equal((ExitCode.Done, "", $"Shard {number}/100 has 0 of the 1 photos."), (code, output, error.Trim()));
        Assert.False(Directory.Exists(_folder["depth"]));
    }

    private void EqualOneRun(int photos, int broken)
    {
        List<string> whole = [.. Enumerable.Range(0, photos).Select(i => Photo(i, isBroken: i % (photos / broken) == 3))];
        using var output = new MemorySamples();
        using var error = new StringWriter();

        var code = DepthProCommand.Run([.. Arguments("whole")], output, error);

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Equal(photos - broken, output.Lines);
        Assert.Equal(photos - broken, _folder.Files("whole").Count(name => name.EndsWith(".json", StringComparison.Ordinal)));
        var named = error.ToString().Split('\n').Where(line => line.Contains(" cannot be decoded", StringComparison.Ordinal)).ToList();
        Assert.Equal(whole.Where(path => Path.GetFileName(path).StartsWith("broken", StringComparison.Ordinal)).Order(StringComparer.Ordinal), named.Select(line => line.Split(": ")[0]).Order(StringComparer.Ordinal));
        output.AssertFlat();

        // The largest shard is killed when half of its photos are done, and resumed.
        int Share(int number) => whole.Count(path => !path.Contains("broken", StringComparison.Ordinal) && new Shard(number, Shards).Holds(Path.GetRelativePath(_folder["photos"], path).Replace('\\', '/')));
        var killed = Enumerable.Range(1, Shards).MaxBy(Share);
        var half = Share(killed) / 2;
        using (var process = ProgramProcess.Start("", [.. Arguments("sharded"), "--shard", $"{killed}/{Shards}"]))
        {
            for (var line = 0; line < half; line++) { Assert.NotNull(process.StandardOutput.ReadLine()); }
            process.Kill();
            process.WaitForExit();
        }
        for (var number = 1; number <= Shards; number++)
        {
            var (_, _, said) = PhotoFolder.Run([.. Arguments("sharded"), "--shard", $"{number}/{Shards}", "--resume"]);
            var done = Regex.Match(said, @"(\d+) of (\d+) photos are done already");
            Assert.True(done.Success, said);
            Assert.InRange(int.Parse(done.Groups[1].Value, CultureInfo.InvariantCulture), number == killed ? half : 0, number == killed ? Share(killed) : 0);
            Assert.NotEqual(done.Groups[1].Value, done.Groups[2].Value);
        }
        _folder.AssertSameFiles("whole", "sharded");
    }

    private string Photo(int i, bool isBroken)
    {
        var name = $"photos/{i % 4}/{(isBroken ? "broken" : "photo")}{i:d3}{Extensions[i % Extensions.Length]}";
        return isBroken ? _folder.Broken(name) : _folder.Photo(name, 8 + i * 37 % 200, 8 + i * 53 % 150);
    }

    private IEnumerable<string> Arguments(string output) => ["estimate", _folder["photos"], "--recursive", "--output", _folder[output], "--format", "npy,png,png16,npz,ply,glb"];

    /// <summary>Counts results and, now and then, looks at the memory that the process holds.</summary>
    private sealed class MemorySamples : StringWriter
    {
        private const int WarmUp = 100, Step = 50;
        private const long Megabyte = 1 << 20, Most = 60 * Megabyte;

        private readonly List<long> _held = [];

        public int Lines { get; private set; }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (++Lines < WarmUp || Lines % Step != 0) { return; }
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _held.Add(Environment.WorkingSet);
        }

        public void AssertFlat() => Assert.True(_held.Count == 0 || _held.Max() - _held[0] < Most,
            $"From {WarmUp} photos on, every {Step}, the process held {string.Join(", ", _held.Select(bytes => bytes / Megabyte))} MB; expected less than {Most / Megabyte} MB over the first.");
    }
}
