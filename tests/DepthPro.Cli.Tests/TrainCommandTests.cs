using DepthPro.Network.Checkpoints;

namespace DepthPro.Cli.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TrainingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trains_all_stages_of_a_preset_from_nothing_to_a_model()
    {
        var (code, output, error) = Run("train", "--output", _folder["run"], "--config", _folder.Config, "--steps", "4", "--photos-per-step", "2", "--threads", "1", "--validation", "1");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains($"training in '{_folder["run"]}': encoder, stage 1, stage 2, field of view", output);
        Assert.Contains("stage 1  1/2  loss ", output);
        Assert.Contains("on 1 validation photos: AbsRel ", output);
        Assert.Contains(" degrees off", output);
        Assert.Contains($"depthpro convert {_folder["run/model.safetensors"]} --output ", output);
        Assert.Equal(["best.safetensors", "curves.csv", "curves.html", "model.safetensors", "state.safetensors", "training.json"], _folder.Names("run"));
        Assert.Equal(["encoder", "stage 1", "stage 1", "stage 2", "stage 2", "field of view"], _folder.Curves("run").Select(line => line.Split(',')[0]));

        Assert.Equal(ExitCode.Done, Run("convert", _folder["run/model.safetensors"], "--precision", "fp16", "--output", _folder["demo.safetensors"]).Code);
        Assert.Contains("complete", Run("info", _folder["demo.safetensors"]).Output);
    }

    [Fact]
    public void Same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        foreach (var (name, seed) in new[] { ("a", "7"), ("b", "7"), ("c", "8") }) { Assert.Equal(ExitCode.Done, _folder.FineTune(name, "3", "--seed", seed).Code); }

        Assert.Equal(_folder.Checkpoint("a"), _folder.Checkpoint("b"));
        Assert.NotEqual(_folder.Checkpoint("a"), _folder.Checkpoint("c"));
    }

    [Fact]
    public void Finished_training_is_taken_up_with_nothing_to_do()
    {
        _folder.FineTune("run", "3");
        var (before, curves) = (_folder.Checkpoint("run"), _folder.Curves("run"));

        var (code, output, error) = Run("train", "--output", _folder["run"]);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.StartsWith("taken up at field of view, step 3 of 3", output);
        Assert.Equal(before, _folder.Checkpoint("run"));
        Assert.Equal(curves, _folder.Curves("run"));
    }

    [Theory]
    [InlineData("--seed", "4", "--seed is 4; the training in '", "' has 1.")]
    [InlineData("--steps", "5", "--steps is 5; the training in '", "' has 2.")]
    [InlineData("--minutes", "5", "--minutes is 5; the training in '", "' has none.")]
    [InlineData("--preset", "paper", "--preset is paper; the training in '", "' has none.")]
    [InlineData("--threads", "8", "--threads is 8; the training in '", "' has 1.")]
    [InlineData("--scenes", "wide", "--scenes is wide; the training in '", "' has none.")]
    public void Taken_up_with_another_option_it_is_refused(string option, string value, string found, string expected)
    {
        _folder.FineTune("run", "2");
        var before = _folder.Checkpoint("run");

        var (code, output, error) = Run("train", "--output", _folder["run"], option, value);

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(found, error);
        Assert.Contains(expected, error);
        Assert.Contains("name another --output", error);
        Assert.Equal(before, _folder.Checkpoint("run"));
    }

    [Theory]
    [InlineData("--output is not given", "--steps", "2")]
    [InlineData("--steps is 0; expected at least 1", "--output", "X", "--steps", "0")]
    [InlineData("--minutes is -1; expected a positive number", "--output", "X", "--minutes", "-1")]
    [InlineData("--steps and --minutes are both given", "--output", "X", "--steps", "2", "--minutes", "1")]
    [InlineData("--weight is 0", "--output", "X", "--photos", "p", "--weight", "0")]
    [InlineData("--threads is 3; expected a divisor of the 8 photos", "--output", "X", "--threads", "3")]
    [InlineData("'huge'", "--output", "X", "--preset", "huge")]
    [InlineData("--config 'nowhere.json' does not exist", "--output", "X", "--config", "nowhere.json")]
    [InlineData("--initial 'nowhere.pt' does not exist", "--output", "X", "--initial", "nowhere.pt")]
    [InlineData("name it with --initial", "--output", "X", "--fine-tune", "decoder")]
    [InlineData("--preset paper and --fine-tune all are both given", "--output", "X", "--preset", "paper", "--initial", "demo", "--fine-tune", "all")]
    [InlineData("--scenes is none", "--output", "X", "--scenes", "none")]
    [InlineData("--depth says something of --photos", "--output", "X", "--depth", "d")]
    [InlineData("--validation-depth says something of --validation-photos", "--output", "X", "--validation-depth", "d")]
    [InlineData("--validation-focal-length says something of --validation-photos", "--output", "X", "--validation-focal-length", "100")]
    [InlineData("--validation-relative says something of --validation-photos", "--output", "X", "--validation-relative")]
    [InlineData("--validation-focal-length is 0; expected a positive number", "--output", "X", "--validation-photos", "p", "--validation-focal-length", "0")]
    [InlineData("--depth is given 1 times; expected once for each of the 2", "--output", "X", "--photos", "p", "--photos", "q", "--depth", "d")]
    [InlineData("--weight is given 3 times; expected once, or once for each of the 2", "--output", "X", "--photos", "p", "--photos", "q", "--weight", "1", "--weight", "1", "--weight", "2")]
    [InlineData("--real 'x' is none of the --photos; expected 'p', or nothing", "--output", "X", "--photos", "p", "--real", "x")]
    [InlineData("p': There is no", "--output", "X", "--photos", "p")]
    public void Options_that_do_not_fit_are_refused_and_nothing_is_written(string named, params string[] options)
    {
        var (code, output, error) = Run(["train", .. options.Select(option => option == "X" ? _folder["run"] : option)]);

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains(named, error);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void Folder_that_is_a_file_is_refused()
    {
        File.WriteAllText(_folder["run"], "a file");

        var (code, _, error) = _folder.FineTune("run", "2");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains($"--output '{_folder["run"]}' cannot be made", error);
        Assert.Equal("a file", File.ReadAllText(_folder["run"]));
    }

    [Fact]
    public void Checkpoint_with_a_value_that_is_no_number_is_refused_by_name()
    {
        const string Broken = "fov.head.4.bias";
        using (var checkpoint = Checkpoint.Open(_folder.Start))
        {
            SafetensorsWriter.Write(_folder["broken.safetensors"], [.. checkpoint.Tensors.Values], info =>
            {
                var values = new float[info.Count];
                checkpoint.Read(info.Name, values);
                if (info.Name == Broken) { values[0] = float.NaN; }
                return values;
            }, new Dictionary<string, string>(checkpoint.Metadata));
        }

        var (code, _, error) = Run("train", "--output", _folder["run"], "--initial", _folder["broken.safetensors"], "--steps", "2");

        Assert.Equal(ExitCode.ModelUnusable, code);
        Assert.Contains($"NaN at index [0] of tensor '{Broken}'", error);
    }

    [Fact]
    public void Learns_from_several_folders_as_they_are_told_to_be()
    {
        var (first, second) = (_folder.Photos("first", 2), _folder.Photos("second", 3));
        File.WriteAllText(Path.Combine(first, "lonely.png"), "no depth");

        var (code, output, error) = Run("train", "--output", _folder["run"], "--initial", _folder.Start, "--steps", "2", "--photos", first, "--photos", second, "--focal-length", "40", "--weight", "1", "--weight", "3", "--real", second,
            "--validation-photos", _folder.Photos("judges", 2), "--validation-depth", _folder["judges"], "--fine-tune", "field-of-view", "--threads", "1", "--photos-per-step", "2");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains($"'{Path.Combine(first, "lonely.png")}' has no partner; left out.", error);
        Assert.Contains("on 2 validation photos: field of view", output);
        var settings = TrainSettings.Read(_folder["run"]);
        Assert.Equal([new(first, first, 40, false, false, 1), new(second, second, 40, true, false, 3)], settings?.Folders ?? []);

        _folder.Photos("first", 3);
        var (again, _, refused) = Run("train", "--output", _folder["run"]);
        Assert.Equal(ExitCode.Usage, again);
        Assert.Contains("is the state of another training", refused);
    }

    [Theory]
    [InlineData("demo", "256 x 256", "encoder")]
    [InlineData("paper", "1536 x 1536", "stage 1")]
    public void Estimate_prints_what_a_step_needs_and_trains_nothing(string preset, string size, string stage)
    {
        var (code, output, error) = Run("train", "--preset", preset, "--estimate", "--output", _folder["run"], "--threads", "1");

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains($"preset {preset}, network input {size}", output);
        string[] rows = [.. output.Split('\n').Where(line => line.TrimStart().StartsWith(stage, StringComparison.Ordinal))];
        Assert.Equal(2, rows.Length); // with one photo, and with the preset's
        Assert.All(rows, row => Assert.Matches(@"\d+\.\d M( +\d+\.\d\d GB){4}", row));
        Assert.False(Directory.Exists(_folder["run"]));
    }

    internal static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = DepthProCommand.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
