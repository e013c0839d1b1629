using System.Text.RegularExpressions;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;

namespace DepthPro.Network;

/// <summary>A checkpoint holds a network exactly, or it is refused. Thread-safe.</summary>
public static partial class StrictLoading
{
    private const int Named = 5; // of each kind of difference, in a message

    /// <summary>Throws unless the checkpoint has every parameter, in its shape, and nothing else but what the reference never uses either.</summary>
    /// <exception cref="InvalidDataException">The message names the tensors, with found and expected shape.</exception>
    public static void Require(Checkpoint checkpoint, IEnumerable<Parameter> parameters)
    {
        var wanted = parameters.DistinctBy(p => p.Path).ToDictionary(p => p.Path);
        var missing = wanted.Keys.Where(path => !checkpoint.Tensors.ContainsKey(path)).ToList();
        var unused = checkpoint.Tensors.Keys.Where(name => !wanted.ContainsKey(name) && !NeverUsed().IsMatch(name)).ToList();
        var misshapen = wanted.Values.Where(p => checkpoint.Tensors.TryGetValue(p.Path, out var tensor) && !p.CheckpointShape.Equals(tensor.Shape.ToArray())).ToList();
        var problems = new List<string>();
        problems.AddRange(misshapen.Take(Named).Select(p => $"Checkpoint tensor '{p.Path}' is [{string.Join(", ", checkpoint.Tensors[p.Path].Shape)}]; the network expects {p.CheckpointShape}."));
        if (misshapen.Count > Named) { problems.Add($"{misshapen.Count - Named} more tensors have another shape."); }
        if (missing.Count > 0) { problems.Add($"{missing.Count} tensors that the network needs are not in the checkpoint: {List(missing)}."); }
        if (unused.Count > 0) { problems.Add($"{unused.Count} tensors of the checkpoint are not part of the network: {List(unused)}."); }
        if (problems.Count > 0)
        {
            throw new InvalidDataException($"'{checkpoint.Name}' does not hold this network. {string.Join(' ', problems)} A network of other than the published sizes needs its {ModelManifest.FileName}: --config on the command line, ConversionOptions.Config in code.");
        }
    }

    private static string List(List<string> names) => string.Join(", ", names.Take(Named).Select(n => $"'{n}'")) + (names.Count > Named ? ", …" : "");

    // The coarsest fusion has no skip connection, and yet PyTorch's module creates (and the checkpoint stores) its weights.
    [GeneratedRegex(@"^decoder\.fusions\.4\.resnet1\.")]
    private static partial Regex NeverUsed();
}
