using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Training.Gradients;

namespace DepthPro.Training.Tests.Gradients;

public sealed class GradientRuleTests
{
    // The rules' own constants are float32.
    private const double Tolerance = 2e-7, FloatTolerance = 2e-5;

    public static TheoryData<string> Cases => [.. GradientCases.Of.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_agrees_with_finite_differences(string name)
    {
        var (graph, loss) = Case(name);
        Value[] by = [.. graph.Inputs, .. graph.Parameters];
        var forward = graph.Nodes.Count;
        var gradients = Differentiation.Gradients(loss, by);
        var given = FiniteDifferences.RandomValues(by, seed: 1);
        var computed = Interpreter.Run(graph, given);

        Assert.True(graph.Nodes.Count > forward);
        foreach (var (value, gradient) in by.Zip(gradients))
        {
            var expected = FiniteDifferences.Of(given, value, changed => Interpreter.Run(graph, changed, until: loss)[loss].Scalar);
            if (gradient is null) { Assert.All(expected, slope => Assert.Equal(0, slope)); }
            else { FiniteDifferences.AssertClose(expected, computed[gradient].Values, Tolerance, $"{name}: by {value.Name}"); }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Runtime_computes_what_the_interpreter_does(string name)
    {
        var (graph, loss) = Case(name);
        Value[] by = [.. graph.Inputs, .. graph.Parameters];
        var gradients = Differentiation.Gradients(loss, by).OfType<Value>().Distinct().ToList();
        graph.Output("loss", loss);
        for (var i = 0; i < gradients.Count; i++) { graph.Output($"gradient{i}", gradients[i]); }
        var given = FiniteDifferences.RandomValues(by, seed: 2);

        var expected = Interpreter.Run(graph, given);
        var got = FloatRunner.Run(graph, given);

        Assert.All(graph.Outputs, output => FiniteDifferences.AssertClose(expected[output].Values, got[output.Name], FloatTolerance, $"{name}: {output.Name}"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Differentiation_leaves_what_the_graph_computes(string name)
    {
        var ((graph, loss), (other, same)) = (Case(name), Case(name));
        Value[] by = [.. graph.Inputs, .. graph.Parameters];
        Differentiation.Gradients(loss, by);
        var given = FiniteDifferences.RandomValues(by, seed: 3);
        var renamed = by.Zip([.. other.Inputs, .. other.Parameters]).ToDictionary(pair => pair.Second, pair => given[pair.First]);

        Assert.Equal(Interpreter.Run(other, renamed)[same].Scalar, Interpreter.Run(graph, given, until: loss)[loss].Scalar, Tolerance);
        Assert.DoesNotContain(graph.Nodes, node => GradientForm.Of.ContainsKey(node.Op));
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        var operators = GradientCases.Of.Keys.SelectMany(name => Case(name).Graph.Nodes.Select(node => node.Op)).ToHashSet();

        Assert.Empty(GradientRules.Of.Keys.Concat(GradientForm.Of.Keys).Except(operators));
    }

    [Fact]
    public void Every_operator_of_the_network_has_a_rule()
    {
        var operators = DepthProNetwork.Whole(new()).Nodes.Select(node => node.Op).Distinct();

        Assert.Empty(operators.Except(GradientRules.Of.Keys).Except(GradientForm.Of.Keys));
    }

    private static (Graph Graph, Value Loss) Case(string name)
    {
        var graph = new Graph("case");
        var y = GradientCases.Of[name](graph);
        var weights = graph.Tensor(FiniteDifferences.Random(new(7), (int)y.Shape.Count).Select(x => (float)x).ToArray(), y.Shape.ToArray());
        return (graph, (y * weights).Sum([.. Enumerable.Range(0, y.Shape.Length)]).Reshape(1));
    }
}
