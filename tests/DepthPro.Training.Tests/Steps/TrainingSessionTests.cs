using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Tests;
using DepthPro.Training.Gradients;
using DepthPro.Training.Tests.Gradients;

namespace DepthPro.Training.Tests.Steps;

public sealed class TrainingSessionTests
{
    [Theory]
    [InlineData(0.05f)]
    [InlineData(1000)]
    public void Step_changes_the_parameters_by_Adams_rule(float largestNorm)
    {
        var adam = new AdamOptions { LargestNorm = largestNorm, Beta1 = 0.8f, Beta2 = 0.95f };
        using var session = Line(adam, out var x, out var y);
        var (w, b) = (1.0, 0.0);
        var plain = new PlainAdam(adam, 2);

        for (var step = 0; step < 20; step++)
        {
            var norm = session.Step(0.1f);
            double[] gradient = [x.Zip(y, (p, q) => 2 * (w * p + b - q) * p).Average(), x.Zip(y, (p, q) => 2 * (w * p + b - q)).Average()];
            double[] values = [w, b];
            plain.Apply(values, gradient, 0.1);
            (w, b) = (values[0], values[1]);
            Assert.Equal(Math.Sqrt(gradient.Sum(g => g * g)), norm, 1e-4);
        }

        var saved = TinyTraining.Saved(session);
        Assert.Equal([w, b], [saved["line.weight"][0], saved["line.bias"][0]], (p, q) => Math.Abs(p - q) < 1e-4);
        Assert.Equal(20, session.Steps);
    }

    [Fact]
    public void Loss_of_the_network_falls()
    {
        using var session = TinyTraining.Session();
        session.Step(0.01f);
        var first = session.Output("loss")[0];
        for (var step = 0; step < 30; step++) { session.Step(0.01f); }

        Assert.True(session.Output("loss")[0] < 0.5 * first, $"From {first} to {session.Output("loss")[0]}.");
    }

    [Fact]
    public void Same_steps_give_the_same_bits()
    {
        using var one = TinyTraining.Session();
        using var other = TinyTraining.Session();
        for (var step = 0; step < 10; step++) { Assert.Equal(one.Step(0.01f), other.Step(0.01f)); }

        TinyTraining.AssertSame(TinyTraining.Saved(one), TinyTraining.Saved(other));
    }

    [Fact]
    public void Resumed_session_goes_on_as_the_unbroken_one()
    {
        var state = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");
        try
        {
            using var unbroken = TinyTraining.Session();
            for (var step = 0; step < 4; step++) { unbroken.Step(0.01f); }
            unbroken.SaveState(state);
            using var resumed = TinyTraining.Session();
            resumed.LoadState(state);
            for (var step = 0; step < 4; step++) { Assert.Equal(unbroken.Step(0.01f), resumed.Step(0.01f)); }

            Assert.Equal(8, resumed.Steps);
            TinyTraining.AssertSame(TinyTraining.Saved(unbroken), TinyTraining.Saved(resumed));
        }
        finally
        {
            File.Delete(state);
        }
    }

    [Fact]
    public void Saves_the_networks_tensors_as_the_checkpoint_has_them()
    {
        using var session = TinyTraining.Session();

        var saved = TinyTraining.Saved(session);

        Assert.All(DepthProNetwork.Parts(Networks.Tiny with { FieldOfView = false }).SelectMany(part => part.Parameters), parameter =>
        {
            var expected = new float[parameter.Shape.Count];
            Networks.RandomWeights(parameter, expected);
            Assert.Equal(expected, saved[parameter.Path]);
        });
    }

    [Fact]
    public void Groups_learn_at_their_own_rates_and_others_are_frozen()
    {
        bool In(string part, string name) => name.StartsWith(part, StringComparison.Ordinal);
        using var session = TinyTraining.Session([new("head", name => In("head.", name)), new("decoder", name => In("decoder.", name))]);
        var before = TinyTraining.Saved(session);
        session.Step(0.001f, 0.002f);
        var after = TinyTraining.Saved(session);

        // Adam's first step is the rate itself for every element that has a gradient.
        foreach (var (name, values) in before)
        {
            var rate = In("head.", name) ? 0.001 : In("decoder.", name) ? 0.002 : 0;
            Assert.Equal(rate, values.Zip(after[name], (x, y) => Math.Abs(x - y)).Max(), 1e-5);
        }
    }

    [Fact]
    public void Gradient_that_is_not_finite_changes_nothing()
    {
        using var session = TinyTraining.Session();
        var before = TinyTraining.Saved(session);
        session.Input("truth")[0] = float.NaN;

        Assert.False(float.IsFinite(session.Step(0.01f)));
        TinyTraining.AssertSame(before, TinyTraining.Saved(session));
        Assert.Equal(0, session.Steps);
    }

    [Fact]
    public void Group_that_holds_nothing_is_named()
    {
        var message = Assert.Throws<ArgumentException>(() => TinyTraining.Session([new("heads", name => name.StartsWith("heads", StringComparison.Ordinal))])).Message;

        Assert.Contains("'heads'", message);
        Assert.Contains("'decoder'", message);
    }

    [Fact]
    public void Checkpoint_is_no_state()
    {
        using var session = TinyTraining.Session();

        Assert.Contains("steps", Assert.Throws<InvalidDataException>(() => session.LoadState(Goldens.PathOf("micro", "model.safetensors"))).Message);
    }

    [Fact]
    public void Learning_rates_are_counted()
    {
        using var session = TinyTraining.Session();

        Assert.Contains("2 learning rates for 1 groups", Assert.Throws<ArgumentException>(() => session.Step(1, 2)).Message);
    }

    // y = 3 x - 1 learnt as w x + b.
    private static TrainingSession Line(AdamOptions adam, out double[] x, out double[] y)
    {
        const int Count = 8;
        var graph = new Graph("line");
        var error = graph.Input("x", Count, 1).Linear(new Weights(graph)["line"], 1) - graph.Input("y", Count, 1);
        var loss = error.Square().Mean(0, 1).Reshape(1);
        graph.Output("loss", loss);
        var session = new TrainingSession(graph, loss, [ParameterGroup.All], (name, values) => values.Fill(name == "line.weight" ? 1 : 0), adam, TinyTraining.OneThread);
        x = FiniteDifferences.Random(new(1), Count);
        y = [.. x.Select(p => 3 * p - 1)];
        for (var i = 0; i < Count; i++) { (session.Input("x")[i], session.Input("y")[i]) = ((float)x[i], (float)y[i]); }
        return session;
    }
}
