using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Tests;
using DepthPro.Training.Gradients;

namespace DepthPro.Training.Tests.Gradients;

/// <summary>The gradient of a loss by every parameter of a network.</summary>
public sealed class NetworkGradientTests
{
    // Of the largest element: float32 may see a ReLU's input on the other side of 0.
    private const double FloatTolerance = 2e-3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)] // the field-of-view head is dead: what lies before it has the gradient 0
    [InlineData(5)]
    [InlineData(16)]
    public void Gradient_by_every_parameter_agrees_with_finite_differences_in_double_precision(int seed) => AssertNone(Check(photos: 2, seed).Wrong());

    [SlowFact]
    public void Gradient_by_each_parameter_alone_agrees_with_finite_differences_in_double_precision()
        => AssertNone(Enumerable.Range(1, 20).SelectMany(seed => Check(photos: 1, seed).WrongAlone().Select(wrong => $"seed {seed}: {wrong}")));

    [Fact]
    public void Runtime_computes_the_interpreters_gradient_of_the_whole_network()
    {
        var (graph, loss, given) = Tiny(photos: 2);
        Parameter[] by = [.. graph.Parameters];
        var gradients = Differentiation.Gradients(loss, by);
        for (var i = 0; i < by.Length; i++) { graph.Output($"gradient:{by[i].Path}", Found(gradients[i])); }
        graph.Prune();

        var expected = Interpreter.Run(graph, given);
        var got = FloatRunner.Run(graph, given);

        Assert.All(graph.Outputs, output => FiniteDifferences.AssertClose(Scaled(expected[output].Values), Scaled(got[output.Name], expected[output].Values), FloatTolerance, output.Name));
    }

    [Fact]
    public void Gradient_of_the_micro_network_agrees_with_finite_differences()
    {
        var (graph, loss) = Estimate(Networks.Micro, photos: 1);
        graph.Output("loss", loss);
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        var given = Given(graph, (parameter, values) => checkpoint.Read(parameter.Path, values), seed: 3);
        Value[] by = [.. graph.Parameters];
        var gradients = Differentiation.Gradients(loss, by);
        for (var i = 0; i < by.Length; i++) { graph.Output($"gradient{i}", Found(gradients[i])); }
        var computed = FloatRunner.Run(graph, given);
        double[][] slopes = [.. by.Select((_, i) => computed[$"gradient{i}"])];
        var length = Math.Sqrt(slopes.Sum(slope => slope.Sum(x => x * x)));
        double LossAt(double step) => FloatRunner.Run(graph, by.Zip(slopes).Aggregate(given, (all, p) => new(all) { [p.First] = [.. all[p.First].Zip(p.Second, (x, slope) => x + step * slope / length)] }))["loss"][0];

        var step = 0.002 * computed["loss"][0] / length;
        var measured = (LossAt(step) - LossAt(-step)) / (2 * step);

        Assert.Equal(length, measured, 0.01 * length);
    }

    [Fact]
    public void Frozen_parameters_cost_nothing()
    {
        var (graph, loss) = Estimate(Networks.Tiny, photos: 1);
        var forward = graph.Nodes.Count;

        var head = graph.Parameters.Where(p => p.Path.StartsWith("head.4.", StringComparison.Ordinal)).ToList();
        var gradients = Differentiation.Gradients(loss, head);
        graph.Output("weight", Found(gradients[0]));
        graph.Prune();
        var added = graph.Nodes.Where(node => node.Name.StartsWith("gradient/", StringComparison.Ordinal)).Select(node => node.Name).ToList();

        Assert.NotEmpty(added);
        Assert.DoesNotContain(added, name => name.Contains("encoder") || name.Contains("decoder") || name.Contains("head.2") || name.Contains("fov"));
        Assert.True(graph.Nodes.Count < forward + 30, $"{graph.Nodes.Count - forward} operations more; expected a few.");
    }

    [Fact]
    public void A_tensor_that_the_loss_does_not_depend_on_has_no_gradient()
    {
        var graph = new Graph("g");
        var (x, y) = (graph.Input("x", 1), graph.Input("y", 1));

        Assert.Null(Differentiation.Gradients(x * x, [x, y])[1]);
    }

    [Fact]
    public void An_operator_without_a_rule_is_named()
    {
        var graph = new Graph("g");
        var x = graph.Input("x", 1);

        Assert.Contains("Erf", Assert.Throws<NotSupportedException>(() => Differentiation.Gradients(x.Erf(), [x])).Message);
    }

    [Fact]
    public void A_loss_of_several_elements_is_refused()
    {
        var x = new Graph("g").Input("x", 3);

        Assert.Contains("3 elements", Assert.Throws<ArgumentException>(() => Differentiation.Gradients(x * x, [x])).Message);
    }

    private static Value Found(Value? gradient) => gradient ?? throw new InvalidOperationException("A parameter of the network has no gradient.");

    private static void AssertNone(IEnumerable<string> wrong)
    {
        string[] first = [.. wrong.Take(3)];
        Assert.True(first.Length == 0, string.Join('\n', first));
    }

    private static SlopeCheck Check(int photos, int seed)
    {
        var (graph, loss, given) = Tiny(photos, seed);
        Parameter[] by = [.. graph.Parameters];
        var gradients = Differentiation.Gradients(loss, by);
        var values = Interpreter.Run(graph, given);
        return new(graph, loss, values, by.Zip(gradients).ToDictionary(p => (Value)p.First, p => values[Found(p.Second)].Values), seed);
    }

    private static (Graph Graph, Value Loss, Dictionary<Value, double[]> Given) Tiny(int photos, int seed = 1)
    {
        var (graph, loss) = Estimate(Networks.Tiny, photos);
        return (graph, loss, Given(graph, (parameter, values) => Networks.RandomWeights(parameter, values, seed), seed));
    }

    private static (Graph Graph, Value Loss) Estimate(Network.NetworkConfig config, int photos)
    {
        var graph = new Graph("training");
        var (inverseDepth, fieldOfView) = DepthProNetwork.Estimate(graph.Input("pixels", photos, 3, config.InputSize, config.InputSize), config, leak: 0.1f);
        var error = inverseDepth - graph.Input("truth", inverseDepth.Shape.ToArray());
        return (graph, (error.Square().Mean(0, 1, 2, 3) + (Found(fieldOfView) * 0.1f).Square().Mean(0, 1, 2, 3)).Reshape(1));
    }

    private static Dictionary<Value, double[]> Given(Graph graph, Action<Parameter, float[]> read, int seed)
    {
        var given = FiniteDifferences.RandomValues(graph.Inputs, seed);
        foreach (var parameter in graph.Parameters)
        {
            var values = new float[parameter.Shape.Count];
            read(parameter, values);
            given[parameter] = parameter.Transposed ? Transposed(values, parameter.Shape[0], parameter.Shape[1]) : [.. values.Select(x => (double)x)];
        }
        return given;
    }

    private static double[] Transposed(float[] values, int rows, int columns) => [.. Enumerable.Range(0, rows * columns).Select(i => (double)values[i % columns * rows + i / columns])];

    private static double[] Scaled(double[] values, double[]? by = null)
    {
        var largest = (by ?? values).Max(Math.Abs);
        return [.. values.Select(x => x / largest)];
    }
}
