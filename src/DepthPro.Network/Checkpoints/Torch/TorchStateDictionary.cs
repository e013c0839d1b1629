using System.Globalization;

namespace DepthPro.Network.Checkpoints.Torch;

/// <summary>Finds the tensors in what torch.save saved and names them by their path: <c>{"a": {"b": tensor}}</c> is <c>a.b</c>, items of lists are numbered.</summary>
internal static class TorchStateDictionary
{
    // Training scripts wrap the network's state dictionary with their own state under one of these.
    private static readonly string[] Wrappers = ["state_dict", "model"];

    private const int MaxDepth = 32;

    // Values can be shared, so a small pickle can describe exponentially many paths. A visit costs one, each letter of a name one, and a tensor
    // about what a genuine pickle spends on it beside its name.
    private const long BudgetPerPickleByte = 2, BudgetOfAnyPickle = 1 << 20, TensorCost = 64;

    public static List<(string Name, PickleTensor Tensor)> Flatten(PickleBytes bytes, object? root, long pickleLength)
    {
        if (root is not PickleDictionary)
        {
            throw bytes.Bad($"holds {PickleGlobals.Describe(root)}; expected a dictionary of tensors. Save it with torch.save(model.state_dict(), path).");
        }
        for (var depth = 0; depth < MaxDepth && Wrapped(root) is { } wrapped; depth++) { root = wrapped; } // it may hold itself
        var found = new List<(string, PickleTensor)>();
        var budget = BudgetOfAnyPickle + pickleLength * BudgetPerPickleByte;
        Visit("", root, 0);
        return found;

        void Visit(string name, object? value, int depth)
        {
            Spend(name.Length + (value is PickleTensor ? TensorCost : 0), name, depth);
            switch (value)
            {
                case PickleTensor tensor:
                    found.Add((name, tensor));
                    break;
                case PickleDictionary dictionary:
                    foreach (var (key, item) in dictionary.Items)
                    {
                        Spend(1, name, depth);
                        if (key is string or long && HoldsTensors(item)) { Visit(Join(name, Convert.ToString(key, CultureInfo.InvariantCulture)), item, depth + 1); }
                    }
                    break;
                case IReadOnlyList<object?> items:
                    for (var i = 0; i < items.Count; i++)
                    {
                        Spend(1, name, depth);
                        if (HoldsTensors(items[i])) { Visit(Join(name, i.ToString(CultureInfo.InvariantCulture)), items[i], depth + 1); }
                    }
                    break;
            }
        }

        void Spend(long cost, string near, int depth)
        {
            budget -= cost;
            if (depth > MaxDepth || budget < 0)
            {
                throw bytes.Bad(
                    $"nests dictionaries deeper than {MaxDepth} levels or with names far longer than the pickle, near '{(near.Length <= 100 ? near : near[..100])}'. " +
                    "Save the weights alone: torch.save(model.state_dict(), path).");
            }
        }
    }

    private static bool HoldsTensors(object? value) => value is PickleTensor or PickleDictionary or IReadOnlyList<object?>;

    private static string Join(string path, string? key) => path.Length == 0 ? key ?? "" : $"{path}.{key}";

    private static PickleDictionary? Wrapped(object? root) => root is PickleDictionary dictionary && !dictionary.Items.Any(item => item.Value is PickleTensor)
        ? Wrappers.Select(wrapper => dictionary.Items.FirstOrDefault(item => wrapper.Equals(item.Key)).Value).OfType<PickleDictionary>().FirstOrDefault()
        : null;
}
