using DepthPro.Network.Graphs;
using DepthPro.Training.Gradients;

namespace DepthPro.Training.Tests.Gradients;

public sealed class SlopeCheckTests
{
    [Fact]
    public void Right_gradients_pass() => Assert.Empty(Check().Wrong());

    [Theory]
    [InlineData("a", 1.003)]
    [InlineData("b", 0.997)]
    [InlineData("b", -1)]
    public void A_tensor_whose_gradient_is_slightly_wrong_is_named(string name, double times)
    {
        var check = Check(gradient: (by, right) => by == name ? [.. right.Select(x => times * x)] : right);

        Assert.StartsWith($"{name}: the slope is", Assert.Single(check.Wrong()));
        Assert.Equal(check.Wrong(), check.WrongAlone());
    }

    [Theory]
    [InlineData("a", 0)]
    [InlineData("b", 1)]
    [InlineData("dead", 2)]
    public void A_tensor_whose_gradient_is_0_where_it_should_not_be_or_the_other_way_round_is_named(string name, int element)
    {
        double[] Changed(double[] right) => [.. right.Select((x, i) => i != element ? x : x == 0 ? 0.1 : 0)];

        Assert.StartsWith($"{name}: the slope is", Assert.Single(Check(gradient: (by, right) => by == name ? Changed(right) : right).Wrong()));
    }

    [Fact]
    public void A_kink_nearby_is_not_crossed() => Assert.Empty(Check(first: 1e-10).Wrong());

    [Fact]
    public void A_kink_too_near_to_measure_a_slope_is_told()
        => Assert.Contains("changes the sign of a ReLU's input", Assert.Throws<InvalidOperationException>(() => Check(first: 1e-14).Wrong().ToList()).Message);

    // The sum of relu(a) b + relu(dead).
    private static SlopeCheck Check(double first = 0.5, Func<string, double[], double[]>? gradient = null)
    {
        var graph = new Graph("g");
        Value[] by = [graph.Input("a", 3), graph.Input("b", 3), graph.Input("dead", 3)];
        var loss = (by[0].Relu() * by[1] + by[2].Relu()).Sum(0);
        var gradients = Differentiation.Gradients(loss, by);
        var values = Interpreter.Run(graph, new Dictionary<Value, double[]> { [by[0]] = [first, 0.7, -0.4], [by[1]] = [0.3, -0.2, 0.6], [by[2]] = [-0.5, -0.6, -0.7] });
        double[] Right(int i) => values[gradients[i] ?? throw new InvalidOperationException($"{by[i]} has no gradient.")].Values;
        return new(graph, loss, values, Enumerable.Range(0, by.Length).ToDictionary(i => by[i], i => gradient?.Invoke(by[i].Name, Right(i)) ?? Right(i)), seed: 1);
    }
}
