using System.Globalization;
using DepthPro.Tests;
using DepthPro.Training.Runs;
using DepthPro.Training.Tests.Data;

namespace DepthPro.Training.Tests.Runs;

public sealed class TrainingCurvesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Table => _folder[DepthTraining.CurvesTableName];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Table_has_a_line_for_each_step_of_a_short_stage()
    {
        var curves = new TrainingCurves(_folder.Path, ["first", "second"], null);
        curves.Add(Progress("first", 1, 2, ("mae", 0.5f)), 1.5);
        curves.Add(Progress("first", 2, 2, ("mae", 0.25f)) with { Validation = new() { AbsRel = 0.2, Delta1 = 0.75, BoundaryF1 = 0.125, FieldOfViewErrorDegrees = double.NaN } }, 3);
        curves.Add(Progress("second", 1, 1, ("mse", 2)), 4.25);
        curves.Write();

        Assert.Equal(
        [
            "stage,step,seconds,loss,mae,mse,norm,rate,photosPerSecond,absRel,delta1,boundaryF1,fieldOfViewErrorDegrees",
            "first,1,1.5,0.75,0.5,,3,0.001,12.5,,,,",
            "first,2,3,0.75,0.25,,3,0.001,12.5,0.2,0.75,0.125,",
            "second,1,4.25,0.75,,2,3,0.001,12.5,,,,",
        ], File.ReadAllLines(Table));
    }

    [Fact]
    public void Long_stage_keeps_some_hundred_steps_evenly_and_all_that_were_judged()
    {
        const int Steps = 10_000;
        var curves = new TrainingCurves(null, ["long"], null);
        for (var step = 1; step <= Steps; step++) { curves.Add(Progress("long", step, Steps) with { Validation = step == 77 ? Judged(0.1, double.NaN) : null }, step); }

        Assert.Equal([1, 20, 40, 60, 77, 80], curves.Rows.Take(6).Select(row => row.Step));
        Assert.Equal(Steps, curves.Rows[^1].Step);
        Assert.Equal(502, curves.Rows.Count);
    }

    [Fact]
    public void Taken_up_they_go_on_after_the_states_step()
    {
        var curves = new TrainingCurves(_folder.Path, ["first", "second"], null);
        foreach (var (stage, step) in new[] { ("first", 1), ("first", 2), ("second", 1), ("second", 2), ("second", 3) }) { curves.Add(Progress(stage, step, 9, ("a term", step)), step); }
        curves.Write();

        var resumed = new TrainingCurves(_folder.Path, ["first", "second"], new("second", 1, 9));

        Assert.Equal([("first", 1), ("first", 2), ("second", 1)], resumed.Rows.Select(row => (row.Stage, row.Step)));
        Assert.Equal(2, resumed.Rows[1].Terms["a term"]);
        Assert.Empty(new TrainingCurves(_folder.Path, ["first", "second"], null).Rows);
    }

    [Fact]
    public void What_was_said_last_is_of_depth_and_of_the_field_of_view()
    {
        var curves = new TrainingCurves(_folder.Path, ["depth", "field of view"], null);
        Assert.Null(curves.Validation);
        curves.Add(Progress("depth", 1, 2) with { Validation = Judged(0.5, double.NaN) }, 1);
        curves.Add(Progress("depth", 2, 2) with { Validation = Judged(0.25, double.NaN) }, 2);
        Assert.Equal((0.25, double.NaN), (curves.Validation?.AbsRel, curves.Validation?.FieldOfViewErrorDegrees));
        curves.Add(Progress("field of view", 1, 1) with { Validation = Judged(double.NaN, 4) }, 3);
        curves.Write();

        foreach (var any in new[] { curves, new(_folder.Path, ["depth", "field of view"], new("field of view", 1, 1)) })
        {
            Assert.Equal((0.25, 4), (any.Validation?.AbsRel, any.Validation?.FieldOfViewErrorDegrees));
        }
    }

    [Theory]
    [InlineData("a,b,c\n", "line 1: its columns are 'a,b,c'")]
    [InlineData("stage,step,seconds,loss,norm,rate,photosPerSecond,absRel,delta1,boundaryF1,fieldOfViewErrorDegrees\nfirst,1,2\n", "line 2: it has 3 cells, not 11")]
    [InlineData("stage,step,seconds,loss,norm,rate,photosPerSecond,absRel,delta1,boundaryF1,fieldOfViewErrorDegrees\nfirst,1,2,much,1,1,1,,,,\n", "line 2: 'much' in column 'loss' is no number")]
    public void Table_that_was_changed_is_refused_with_the_line(string text, string problem)
    {
        File.WriteAllText(Table, text);

        var message = Assert.Throws<InvalidDataException>(() => new TrainingCurves(_folder.Path, ["first"], new("first", 1, 2))).Message;

        Assert.Contains(Table, message);
        Assert.Contains(problem, message);
        Assert.Contains("Move the file away", message);
    }

    [Fact]
    public void Page_shows_each_stage_and_needs_no_other_file()
    {
        var training = new DepthTraining(TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 3, "a <first> stage"), TinyRuns.Stage(TrainingTask.FieldOfView, 2, "second")), [new MadeUpSet()], new MadeUpSet(), 2, folder: _folder.Path);
        training.Run();

        var page = File.ReadAllText(_folder[DepthTraining.CurvesName]);
        Assert.Contains("<figcaption>a &lt;first&gt; stage</figcaption>", page);
        Assert.Contains("<figcaption>second</figcaption>", page);
        Assert.Contains($"field of view {training.Validation?.FieldOfViewErrorDegrees.ToString("0.0", CultureInfo.InvariantCulture)} degrees off", page);
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("src=", page);
        Assert.DoesNotContain("NaN", page);
        Assert.Equal(6, File.ReadAllLines(Table).Length);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp*"));
    }

    [Fact]
    public void Position_is_told_before_during_and_after()
    {
        var options = TinyRuns.Options(TinyRuns.Stage(TrainingTask.FieldOfView, 3, "first"), TinyRuns.Stage(TrainingTask.FieldOfView, 2, "second"));
        using var cancellation = new CancellationTokenSource();
        var training = new DepthTraining(options, [new MadeUpSet()], folder: _folder.Path);
        Assert.Equal((new TrainingPosition("first", 0, 3), false), (training.Position, training.IsTakenUp));
        Assert.Throws<OperationCanceledException>(() => training.Run(new TinyRuns.Told(told =>
        {
            if (told is { Stage: "second", Step: 1 }) { cancellation.Cancel(); }
        }), cancellation.Token));
        Assert.Equal("second, step 1 of 2", training.Position.ToString());

        var resumed = new DepthTraining(options, [new MadeUpSet()], folder: _folder.Path);

        Assert.Equal((new TrainingPosition("second", 1, 2), true), (resumed.Position, resumed.IsTakenUp));
        resumed.Run();
        Assert.Equal(new TrainingPosition("second", 2, 2), resumed.Position);
    }

    private static TrainingProgress Progress(string stage, int step, int steps, params (string Name, float Value)[] terms) => new()
    {
        Stage = stage,
        Step = step,
        Steps = steps,
        Loss = 0.75f,
        Terms = terms.ToDictionary(term => term.Name, term => term.Value),
        GradientNorm = 3,
        LearningRate = 0.001f,
        PhotosPerSecond = 12.5,
    };

    private static TrainingValidation Judged(double absRel, double degrees) => new() { AbsRel = absRel, Delta1 = absRel, BoundaryF1 = absRel, FieldOfViewErrorDegrees = degrees };
}
