using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Tests;
using DepthPro.Training.Gradients;

namespace DepthPro.Training.Tests.Gradients;

/// <summary>The gradient by all parameters of a network at once, against the loss's change along directions in which every parameter weighs the same.</summary>
public sealed class NetworkGradientTests
{
    // Of the largest element: float32 may see a ReLU's input on the other side of 0.
    private const double FloatTolerance = 2e-3;

    // A parameter with a smaller slope weighs less, or its step would be so long that the loss bends on the way.
    private const double SmallestSlope = 1e-3;

    [Fact]
    public void Gradient_of_the_whole_network_agrees_with_finite_differences_in_double_precision()
    {
        var (graph, loss, given) = Tiny(photos: 2);
        Value[] by = [.. graph.Parameters];
        var gradients = Differentiation.Gradients(loss, by);
        var computed = Interpreter.Run(graph, given);
        double[][] slopes = [.. gradients.Select(g => computed[Found(g)].Values)];

        var directional = Along(by, slopes, seed: 1, given, step: 1e-7, changed => Interpreter.Run(graph, changed, until: loss)[loss].Scalar);

        Assert.Equal(directional.Expected, directional.Measured, 1e-4 * by.Length);
    }

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
        var given = Given(graph, (parameter, values) => checkpoint.Read(parameter.Path, values));
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

        var head = graph.Parameters.Where(p => p.Path.StartsWith("head.4.", StringComparison.Ordinal)).ToList();
        var gradients = Differentiation.Gradients(loss, head);
        graph.Output("weight", Found(gradients[0]));
        graph.Prune();
        var added = graph.Nodes.Where(node => node.Name.StartsWith("gradient/", StringComparison.Ordinal)).Select(node => node.Name).ToList();

        Assert.NotEmpty(added);
        Assert.DoesNotContain(added, name => name.Contains("encoder") || name.Contains("decoder") || name.Contains("head.2") || name.Contains("fov"));
        Assert.True(added.Count < 30, $"{added.Count} operations more; expected a few.");
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

    private static (Graph Graph, Value Loss, Dictionary<Value, double[]> Given) Tiny(int photos)
    {
        var (graph, loss) = Estimate(Networks.Tiny, photos);
        return (graph, loss, Given(graph, (parameter, values) => Networks.RandomWeights(parameter, values)));
    }

    private static (Graph Graph, Value Loss) Estimate(Network.NetworkConfig config, int photos)
    {
        var graph = new Graph("training");
        var (inverseDepth, fieldOfView) = DepthProNetwork.Estimate(graph.Input("pixels", photos, 3, config.InputSize, config.InputSize), config, leak: 0.1f);
        var error = inverseDepth - graph.Input("truth", inverseDepth.Shape.ToArray());
        return (graph, (error.Square().Mean(0, 1, 2, 3) + (Found(fieldOfView) * 0.1f).Square().Mean(0, 1, 2, 3)).Reshape(1));
    }

    private static Dictionary<Value, double[]> Given(Graph graph, Action<Parameter, float[]> read)
    {
        var given = FiniteDifferences.RandomValues(graph.Inputs, seed: 3);
        foreach (var parameter in graph.Parameters)
        {
            var values = new float[parameter.Shape.Count];
            read(parameter, values);
            given[parameter] = parameter.Transposed ? Transposed(values, parameter.Shape[0], parameter.Shape[1]) : [.. values.Select(x => (double)x)];
        }
        return given;
    }

    private static double[] Transposed(float[] values, int rows, int columns) => [.. Enumerable.Range(0, rows * columns).Select(i => (double)values[i % columns * rows + i / columns])];

    // Each parameter moves roughly along its own gradient, far enough to change the loss by about as much as every other.
    private static (double Expected, double Measured) Along(
        Value[] by, double[][] slopes, int seed, Dictionary<Value, double[]> given, double step, Func<IReadOnlyDictionary<Value, double[]>, double> loss)
    {
        var random = new Random(seed);
        double[] Direction(double[] slope)
        {
            var length = Math.Sqrt(slope.Sum(x => x * x));
            return [.. slope.Select(x => x * (random.Next(3) - 0.5) / (length * Math.Max(length, SmallestSlope)))];
        }
        var directions = slopes.Select(Direction).ToList();
        double At(double change)
        {
            var changed = new Dictionary<Value, double[]>(given);
            for (var i = 0; i < by.Length; i++) { changed[by[i]] = [.. given[by[i]].Zip(directions[i], (x, d) => x + change * d)]; }
            return loss(changed);
        }
        return (slopes.Zip(directions).Sum(p => p.First.Zip(p.Second, (g, d) => g * d).Sum()), (At(step) - At(-step)) / (2 * step));
    }

    private static double[] Scaled(double[] values, double[]? by = null)
    {
        var largest = (by ?? values).Max(Math.Abs);
        return [.. values.Select(x => x / largest)];
    }
}
