using DepthPro.Tests;
using DepthPro.Training.Data;
using DepthPro.Training.Tests.Trainers;
using Microsoft.ML;

namespace DepthPro.Training.Tests.Data;

public sealed class RowTrainingSetTests : IDisposable
{
    private readonly MLContext _ml = new();
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _skipped = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Holds_the_rows_whether_in_memory_or_in_a_file()
    {
        var rows = TrainingRows.Made(count: 7);
        TrainingExample[] expected = [.. Enumerable.Range(0, 7).Select(i => TrainingExample.Of(TrainingRows.PhotoOf(i), TrainingRows.DepthOf(i), rows[i].FocalLength, isMetric: true, Networks.Tiny))];
        using var inMemory = Set(rows);
        Assert.Empty(Directory.GetFiles(_folder.Path));
        using (var inFile = Set(rows, memoryBytes: 2 * expected[0].Bytes))
        {
            // On Linux the file has no name any more, so that a process that is killed leaves none.
            Assert.Single(OperatingSystem.IsLinux() ? OpenFiles() : Directory.GetFiles(_folder.Path), file => file.StartsWith(Path.Combine(_folder.Path, "examples."), StringComparison.Ordinal));
            Assert.True(OperatingSystem.IsWindows() || Directory.GetFiles(_folder.Path).Length == 0);
            Assert.Equal(7, inFile.Count);
            for (var draw = 0; draw < 14; draw++)
            {
                var (a, b) = (inMemory.Draw(draw, 3, Networks.Tiny), inFile.Draw(draw, 3, Networks.Tiny));
                Assert.Equal(a.Rgb, b.Rgb);
                Assert.Equal(a.InverseDepth, b.InverseDepth);
                Assert.Equal(a.FieldOfViewDegrees, b.FieldOfViewDegrees);
                Assert.Single(expected, example => example.Rgb.SequenceEqual(a.Rgb) && example.InverseDepth.SequenceEqual(a.InverseDepth));
            }
            Assert.Equal(inMemory.Contents, inFile.Contents);
        }
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Other_rows_have_other_contents()
    {
        using var some = Set(TrainingRows.Made(count: 2));
        using var more = Set(TrainingRows.Made(count: 3));

        Assert.NotEqual(some.Contents, more.Contents);
    }

    [Fact]
    public void Names_column_and_row_of_a_photo_whose_depth_is_of_another_size()
    {
        var rows = TrainingRows.Made(count: 3);
        rows[2].Truth = new(3, 2, new float[6], float.NaN, FocalLengthSource.Unknown);

        Assert.StartsWith("Column 'Truth', row 2: The photo has", Assert.Throws<InvalidDataException>(() => Set(rows)).Message);
    }

    [Fact]
    public void Names_column_and_row_of_a_focal_length_that_is_none()
    {
        var rows = TrainingRows.Made(count: 2);
        rows[1].FocalLength = -5;

        Assert.Contains("Column 'FocalLength', row 1 is -5", Assert.Throws<InvalidDataException>(() => Set(rows)).Message);
    }

    [Fact]
    public void Leaves_out_what_cannot_be_used_when_somebody_listens()
    {
        var rows = TrainingRows.Made(count: 4);
        rows[0].Image = null;
        rows[1].Truth = null;
        rows[2].Truth = new(TrainingRows.Width, TrainingRows.Height, new float[TrainingRows.Width * TrainingRows.Height], float.NaN, FocalLengthSource.Unknown);
        using var set = Set(rows, _skipped.Add);

        Assert.Equal(1, set.Count);
        Assert.Collection(_skipped, x => Assert.Contains("'Image', row 0", x), x => Assert.Contains("'Truth', row 1", x), x => Assert.Contains("'Truth', row 2: None of", x));
    }

    [Fact]
    public void Needs_a_row_that_can_be_used()
    {
        var rows = TrainingRows.Made(count: 1);
        rows[0].Truth = null;

        Assert.Contains("The training data has no rows", Assert.Throws<InvalidDataException>(() => Set([])).Message);
        Assert.Contains("None of the rows of the training data can be used; the first: Column 'Truth', row 0", Assert.Throws<InvalidDataException>(() => Set(rows, _skipped.Add)).Message);
    }

    [Fact]
    public void Stops_reading_when_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => Set(TrainingRows.Made(count: 2), cancellation: cancelled.Token));
    }

    private static string[] OpenFiles() => [.. Directory.GetFiles("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget ?? "")];

    private RowTrainingSet Set(IReadOnlyList<TrainingRow> rows, Action<string>? skipped = null, long memoryBytes = ExampleStore.UsualMemoryBytes, CancellationToken cancellation = default)
        => new(_ml.Data.LoadFromEnumerable(rows), new("Image", "Truth", "FocalLength"), ("training data", true), Networks.Tiny, _folder.Path, skipped, cancellation, memoryBytes);
}
