using DepthPro.Network.Graphs;
using DepthPro.Training.Curriculum;
using DepthPro.Training.Gradients;
using DepthPro.Training.Runs;
using DepthPro.Training.Tests.Data;
using Xunit.Abstractions;

namespace DepthPro.Training.Tests.Runs;

public sealed class TrainingMemoryTests(ITestOutputHelper output)
{
    private const int Kilo = 256 * sizeof(float);

    [Fact]
    public void Elementwise_results_take_their_operands_place()
    {
        var graph = new Graph("chain");
        graph.Output("y", graph.Input("x", 256).Abs().Sqrt().Exp().Abs());

        Assert.Equal(Kilo, ActivationMemory.PeakBytes(graph)); // the input and the output are the caller's
    }

    [Fact]
    public void Tensor_is_kept_until_it_is_last_read()
    {
        var graph = new Graph("kept");
        var first = graph.Input("x", 256).Abs();
        graph.Output("y", first.Exp().Sign().Abs() + first);

        Assert.Equal(3 * Kilo, ActivationMemory.PeakBytes(graph)); // first, its exponential, and that one's sign, which goes nowhere's place
    }

    [Fact]
    public void Reshaped_tensor_stays_where_it_is()
    {
        var graph = new Graph("reshaped");
        graph.Output("y", graph.Input("x", 256).Sign().Reshape(16, 16).Reshape(4, 64).Sign().Permute(1, 0));

        Assert.Equal(2 * Kilo, ActivationMemory.PeakBytes(graph));
    }

    [Fact]
    public void Last_end_of_a_graph_runs_first_with_all_that_leads_to_it()
    {
        var graph = new Graph("ends");
        var x = graph.Input("x", 256);
        var (shared, other) = (x.Abs(), x.Exp());
        graph.Output("first", other.Sqrt());
        graph.Output("last", shared.Reciprocal());

        Assert.Equal(["Abs", "Reciprocal", "Exp", "Sqrt"], RunOrder.Of(graph).Select(node => node.Op));
    }

    [Theory]
    [InlineData(TrainingTask.EncoderPretraining)]
    [InlineData(TrainingTask.Depth)]
    [InlineData(TrainingTask.Decoder)]
    [InlineData(TrainingTask.FieldOfView)]
    public void Operations_run_after_those_that_they_read(TrainingTask task)
    {
        var (graph, loss) = StageGraph.Of(TinyRuns.Stage(task, 1), Networks.Tiny, [new MadeUpSet()], 1, 0).Build();
        foreach (var gradient in Differentiation.Gradients(loss, [.. graph.Parameters]).OfType<Value>()) { graph.Output("gradient", gradient); }
        graph.Prune();

        var order = RunOrder.Of(graph);

        Assert.Equal(graph.Nodes.Count, order.Distinct().Count());
        var known = graph.Inputs.Concat(graph.Parameters).Concat(graph.Constants).ToHashSet();
        foreach (var node in order)
        {
            Assert.All(node.Inputs.OfType<Value>(), input => Assert.Contains(input, known));
            known.UnionWith(node.Outputs);
        }
    }

    [Theory]
    [InlineData(TrainingTask.EncoderPretraining)]
    [InlineData(TrainingTask.Depth)]
    [InlineData(TrainingTask.Decoder)]
    [InlineData(TrainingTask.FieldOfView)]
    public void Grows_with_photos_and_threads(TrainingTask task)
    {
        TrainingMemory Of(int photos, int threads) => Assert.Single(TrainingMemory.Of(TinyRuns.Options(TinyRuns.Stage(task, 1) with { PhotosPerStep = photos }) with { Threads = threads }, [new MadeUpSet()]));
        var (one, two, four, halves) = (Of(1, 1), Of(2, 1), Of(4, 1), Of(4, 2));
        var isPhotoByPhoto = task is TrainingTask.Depth or TrainingTask.Decoder; // then only a mean gradient comes with more of them

        Assert.True(one.TotalBytes < two.TotalBytes && two.TotalBytes < four.TotalBytes, $"{one} {two} {four}");
        if (isPhotoByPhoto) { Assert.Equal(one.ActivationBytes, four.ActivationBytes); }
        else { Assert.InRange((double)four.ActivationBytes / one.ActivationBytes, 3, 4.5); }
        Assert.Equal(isPhotoByPhoto ? 4 * one.Learning : 0, four.ParameterBytes - one.ParameterBytes);
        Assert.Equal((isPhotoByPhoto ? 1 : 2) * 4 * one.Learning, halves.ParameterBytes - four.ParameterBytes); // another gradient, and where there was one only, the mean
        Assert.Equal(2 * two.ActivationBytes, halves.ActivationBytes);
        Assert.Equal(one.TotalBytes, one.ParameterBytes + one.PhotoBytes + one.ActivationBytes);
    }

    [Fact]
    public void What_does_not_learn_needs_less()
    {
        TrainingMemory Of(TrainingTask task) => Assert.Single(TrainingMemory.Of(TinyRuns.Options(TinyRuns.Stage(task, 1)), [new MadeUpSet()]));
        var (all, decoder) = (Of(TrainingTask.Depth), Of(TrainingTask.Decoder));

        Assert.True(decoder.Learning < all.Learning && decoder.ActivationBytes < all.ActivationBytes, $"{decoder} {all}");
    }

    /// <summary>Of the demo network, whose activations are far more than a process has besides.</summary>
    [MeasuredFact]
    public void Is_near_what_a_step_takes()
    {
        var demo = DepthTrainingOptions.Demo;
        var options = demo with { Stages = [demo.Stages.First(stage => stage.Task == TrainingTask.Depth) with { Steps = 3 }], Threads = 2 };
        var before = MeasuredFactAttribute.ResetPeak();

        new DepthTraining(options, [new MadeUpSet()]).Run();

        var measured = MeasuredFactAttribute.Peak() - before;
        var estimated = Assert.Single(TrainingMemory.Of(options, [new MadeUpSet()])).TotalBytes;
        Assert.True((double)measured / estimated is > 1 / 1.5 and < 1.5, $"Measured {measured >> 20} MiB, estimated {estimated >> 20} MiB.");
        output.WriteLine($"measured {measured >> 20} MiB, estimated {estimated >> 20} MiB");
    }
}
