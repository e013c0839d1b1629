using System.Globalization;

namespace DepthPro.Network.Checkpoints.Torch;

/// <summary>Finds the tensors in what torch.save saved and names them by their path: <c>{"a": {"b": tensor}}</c> is <c>a.b</c>, items of lists are numbered.</summary>
internal static class TorchStateDictionary
{
    // Training scripts wrap the network's state dictionary with their own state under one of these.
    private static readonly string[] Wrappers = ["state_dict", "model"];

    private const int MaxDepth = 32;

    // Dictionaries can be shared, so a small pickle can describe exponentially many paths; genuine ones are about as long as their names.
    private const long NamesPerPickleByte = 4, NamesOfAnyPickle = 1 << 20;

    public static List<(string Name, PickleTensor Tensor)> Flatten(PickleBytes bytes, object? root, long pickleLength)
    {
        if (root is not PickleDictionary)
        {
            throw bytes.Bad($"holds {PickleGlobals.Describe(root)}; expected a dictionary of tensors. Save it with torch.save(model.state_dict(), path).");
        }
        while (Wrapped(root) is { } wrapped) { root = wrapped; }
        var found = new List<(string, PickleTensor)>();
        var budget = NamesOfAnyPickle + pickleLength * NamesPerPickleByte;
        Visit(root, () => "", 0);
        return found;

        void Visit(object? value, Func<string> path, int depth)
        {
            budget--;
            if (value is not (PickleTensor or PickleDictionary or IReadOnlyList<object?>)) { return; }
            var name = path();
            budget -= name.Length;
            if (depth > MaxDepth || budget < 0)
            {
                throw bytes.Bad(
                    $"nests dictionaries deeper than {MaxDepth} levels or with names far longer than the pickle, near '{(name.Length <= 100 ? name : name[..100])}'. " +
                    "Save the weights alone: torch.save(model.state_dict(), path).");
            }
            switch (value)
            {
                case PickleTensor tensor:
                    found.Add((name, tensor));
                    break;
                case PickleDictionary dictionary:
                    foreach (var (key, item) in dictionary.Items)
                    {
                        if (key is string or long) { Visit(item, () => Join(name, Convert.ToString(key, CultureInfo.InvariantCulture)), depth + 1); }
                    }
                    break;
                case IReadOnlyList<object?> items:
                    for (var i = 0; i < items.Count; i++)
                    {
                        var index = i;
                        Visit(items[index], () => Join(name, index.ToString(CultureInfo.InvariantCulture)), depth + 1);
                    }
                    break;
            }
        }
    }

    private static string Join(string path, string? key) => path.Length == 0 ? key ?? "" : $"{path}.{key}";

    private static PickleDictionary? Wrapped(object? root) => root is PickleDictionary dictionary && !dictionary.Items.Any(item => item.Value is PickleTensor)
        ? Wrappers.Select(wrapper => dictionary.Items.FirstOrDefault(item => wrapper.Equals(item.Key)).Value).OfType<PickleDictionary>().FirstOrDefault()
        : null;
}
