using DepthPro.Network.Graphs;

namespace DepthPro.Training.Gradients;

/// <summary>Reverse-mode differentiation: the gradient of a graph's value is more of the same graph. Not thread-safe, as the graph is not.</summary>
public static class Differentiation
{
    /// <summary>Appends to the graph what computes a loss's gradient by some of its tensors, and nothing for what does not lead to them: frozen parameters cost nothing. Some of the
    /// graph's operations are taken apart into several that compute the same.</summary>
    /// <param name="loss">A tensor of one element; all shapes up to it are fixed.</param>
    /// <param name="by">Parameters or inputs.</param>
    /// <returns>One gradient for each, in its shape; null for a tensor that the loss does not depend on.</returns>
    /// <exception cref="ArgumentException">The loss has more than one element.</exception>
    /// <exception cref="NotSupportedException">An operator on the way has no gradient rule; the message names it.</exception>
    public static IReadOnlyList<Value?> Gradients(Value loss, IReadOnlyList<Value> by)
    {
        if (loss.Shape.Count != 1) { throw new ArgumentException($"The loss {loss} has {loss.Shape.Count} elements; expected one.", nameof(loss)); }
        var graph = loss.Graph;
        var forms = TakeApart(graph);
        var forward = graph.Nodes.ToList();
        var sensitive = SensitiveTo(by, forward);
        var sums = new Dictionary<Value, GradientSum>();
        GradientSum SumOf(Value value) => sums.TryGetValue(value, out var sum) ? sum : sums[value] = new(value.Shape);

        SumOf(loss).Add(graph.Constant(1f).Reshape(loss.Shape.ToArray()), null);
        foreach (var node in Enumerable.Reverse(forward))
        {
            if (!sensitive.Contains(node.Output) || !sums.TryGetValue(node.Output, out var sum)) { continue; }
            using var scope = graph.Enter($"gradient/{node.Name}");
            void Add(Value input, Value part) => SumOf(input).Add(part, graph.Nodes[^1].Output == part ? graph.Nodes[^1] : null);
            if (forms.TryGetValue(node.Output, out var form))
            {
                Add(form.X, form.Rule(sum.Total()));
                continue;
            }
            var backward = new Backward(node, sum.Total());
            var rule = GradientRules.Of.TryGetValue(node.Op, out var known) ? known
                : throw new NotSupportedException($"Operator {node.Op} of '{node.Name}' has no gradient rule; add one to {nameof(GradientRules)}.");
            for (var i = 0; i < node.Inputs.Count; i++)
            {
                if (node.Inputs[i] is not { } input || !sensitive.Contains(input)) { continue; }
                Add(input, rule(backward, i));
            }
        }
        return [.. by.Select(value => sums.TryGetValue(value, out var sum) ? sum.Total() : null)];
    }

    private static Dictionary<Value, GradientForm> TakeApart(Graph graph)
    {
        var forms = new Dictionary<Value, GradientForm>();
        foreach (var node in graph.Nodes.Where(node => GradientForm.Of.ContainsKey(node.Op)).ToList())
        {
            graph.Replace(node, () =>
            {
                var (output, form) = GradientForm.Of[node.Op](node);
                forms.Add(form.Inner == output ? node.Output : form.Inner, form);
                return output;
            });
        }
        return forms;
    }

    // The tensors that change when one of these does.
    private static HashSet<Value> SensitiveTo(IReadOnlyList<Value> by, IReadOnlyList<Node> forward)
    {
        var sensitive = new HashSet<Value>(by);
        foreach (var node in forward.Where(node => !GradientRules.Flat.Contains(node.Op) && node.Inputs.Any(input => input is not null && sensitive.Contains(input))))
        {
            sensitive.Add(node.Output);
        }
        return sensitive;
    }
}
