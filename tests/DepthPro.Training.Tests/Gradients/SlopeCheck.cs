using DepthPro.Network.Graphs;
using DepthPro.Training.Gradients;

namespace DepthPro.Training.Tests.Gradients;

/// <summary>Holds a loss's gradients by many tensors against its change, in double precision, and names the tensors whose gradient is wrong.</summary>
/// <remarks>
/// All tensors move together, each roughly along its own gradient and so far that it alone changes the loss by 0.5 to 2.5 steps, up or down as chance has it:
/// an error of 0.1 % in any one's gradient shows. Whose it is, halves of the tensors tell, and halves of these.
/// Where a ReLU's input changes its sign on the way the loss has two slopes, and a difference measures neither. The smaller its gradient, the farther a tensor
/// goes: in steps of 1e-7 tens to hundreds of the tiny network's million such inputs change sign, and a quarter of its tensors may act through a single unit
/// of the field-of-view head. So the step is shortened until none changes.
/// </remarks>
internal sealed class SlopeCheck
{
    // In steps.
    private const double Tolerance = 5e-4;

    // Of the shortest, what double precision rounds off the loss is a tenth of the tolerance.
    private static readonly double[] Steps = [1e-9, 1e-10, 1e-11, 1e-12];

    private readonly Graph _graph;
    private readonly Value _loss;
    private readonly IReadOnlyDictionary<Value, Tensor> _values;
    private readonly List<Node> _bent;
    private readonly List<Move> _moves;

    /// <param name="graph">The loss and, before it, what it is computed from.</param>
    /// <param name="loss">A tensor of one element.</param>
    /// <param name="values">All of the graph's values.</param>
    /// <param name="gradients">What the gradients are said to be.</param>
    /// <param name="seed">Of the weights of single elements.</param>
    public SlopeCheck(Graph graph, Value loss, IReadOnlyDictionary<Value, Tensor> values, IReadOnlyDictionary<Value, double[]> gradients, int seed)
    {
        (_graph, _loss, _values) = (graph, loss, values);
        var forward = graph.Nodes.Take(graph.Nodes.Index().First(node => node.Item.Output == loss).Index + 1).ToList();
        Assert.Empty(forward.Select(node => node.Op).Intersect(["Abs", "Max", "Min", .. GradientRules.Flat])); // these bend or jump too
        _bent = [.. forward.Where(node => node.Op is "Relu" or "LeakyRelu")];
        var random = new Random(seed);
        var smallest = gradients.Values.Select(Length).Where(length => length > 0).Min();
        _moves = [.. gradients.Select(g => new Move(g.Key, g.Value, Direction(g.Value, smallest, random)))];
    }

    /// <summary>The tensors whose gradient is wrong, with what was expected and found; each takes a while to find.</summary>
    public IEnumerable<string> Wrong() => Wrong(_moves);

    /// <summary>The same, each tensor moved by itself: slow, but no error hides another.</summary>
    public IEnumerable<string> WrongAlone() => _moves.SelectMany(move => Wrong([move]));

    private IEnumerable<string> Wrong(List<Move> moves)
    {
        var (expected, measured) = (moves.Sum(move => move.Slope), Measured(moves));
        if (Math.Abs(measured - expected) <= Tolerance) { yield break; }
        var (half, found) = (moves.Count / 2, false);
        foreach (var wrong in half == 0 ? [] : Wrong(moves[..half]).Concat(Wrong(moves[half..])))
        {
            found = true;
            yield return wrong;
        }
        if (!found) { yield return $"{string.Join(", ", moves.Select(move => move.By.Name))}: the slope is {measured}; the gradient says {expected}, within {Tolerance}."; }
    }

    private double Measured(List<Move> moves)
    {
        foreach (var step in Steps)
        {
            var (up, down) = (Moved(moves, step), Moved(moves, -step));
            if (IsSmoothTo(up) && IsSmoothTo(down)) { return (up[_loss].Scalar - down[_loss].Scalar) / (2 * step); }
        }
        throw new InvalidOperationException($"Even a step of {Steps[^1]:g1} changes the sign of a ReLU's input; expected tensors that lie farther from a kink. Take another seed.");
    }

    private Dictionary<Value, Tensor> Moved(List<Move> moves, double step)
        => Interpreter.Again(_graph, _values, moves.ToDictionary(move => move.By, move => _values[move.By].Values.Zip(move.Direction, (x, d) => x + step * d).ToArray()), _loss);

    private bool IsSmoothTo(Dictionary<Value, Tensor> moved)
        => _bent.Select(node => node.Inputs[0]).OfType<Value>().All(x => moved[x] == _values[x] || moved[x].Values.Zip(_values[x].Values).All(pair => pair.First > 0 == pair.Second > 0));

    // Half of the way each tensor goes along its gradient, weighed at random; half every element goes as far as every other, or a gradient that is 0 where
    // it should not be would not show. A tensor whose gradient is 0, as behind a dead ReLU, goes as far as any.
    private static double[] Direction(double[] gradient, double smallest, Random random)
    {
        int Sign() => random.Next(2) * 2 - 1;
        var (sign, distance, each) = (Sign(), 1 / Math.Max(Length(gradient), smallest), 1 / Math.Sqrt(gradient.Length));
        return [.. gradient.Select(x => sign * distance * (x * distance * (0.5 + random.NextDouble()) + (x == 0 ? Sign() : Math.Sign(x)) * each))];
    }

    private static double Length(double[] x) => Math.Sqrt(x.Sum(v => v * v));

    private sealed record Move(Value By, double[] Gradient, double[] Direction)
    {
        public double Slope => Gradient.Zip(Direction, (g, d) => g * d).Sum();
    }
}
