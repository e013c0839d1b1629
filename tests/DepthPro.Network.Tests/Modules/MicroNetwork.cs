using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Tests;

namespace DepthPro.Network.Tests.Modules;

/// <summary>The goldens' micro network, whole, run once for one photo with every module's value as an output.</summary>
public sealed class MicroNetwork
{
    private readonly Lazy<Dictionary<string, float[]>> _values;

    /// <summary>Layer by layer.</summary>
    public MicroNetwork() : this(GraphForm.Plain)
    {
    }

    internal MicroNetwork(GraphForm form) => _values = new(() => RunOnce(form));

    public static NetworkConfig Config { get; } = ModelManifest.Read(Goldens.PathOf("micro", ModelManifest.FileName)).Network;

    /// <summary>What a module returns, or a graph output.</summary>
    public float[] this[string name] => _values.Value[name];

    /// <summary>The network input of a golden photo, computed from the photo's normalised pixels by the plainest bilinear code.</summary>
    public static float[] Input(string photo)
    {
        var index = Goldens.Json("micro", photo, "index.json");
        var (width, height) = (index.GetProperty("width").GetInt32(), index.GetProperty("height").GetInt32());
        return NaiveResize(Goldens.Npy("micro", photo, "transformed.npy").Values, width, height, Config.InputSize);
    }

    private static Dictionary<string, float[]> RunOnce(GraphForm form)
    {
        var graph = DepthProNetwork.Whole(Config, form);
        foreach (var module in graph.Modules)
        {
            if (!graph.Outputs.Contains(graph[module])) { graph.Output($"module:{module}", graph[module]); }
        }
        var names = graph.Modules.Select(module => (Name: module, Output: graph[module].Name)).ToList();
        using var checkpoint = Checkpoint.Open(Goldens.PathOf("micro", "model.safetensors"));
        var values = GraphRunner.Run(graph, checkpoint.Read, ("pixel_values", Input("a_200x150"), [1, 3, Config.InputSize, Config.InputSize]));
        foreach (var (name, output) in names) { values[name] = values[output]; }
        return values;
    }

    // torch's rule: scale in float32, position in float64, weight in float32 (see BilinearResize in DepthPro.Transforms).
    private static float[] NaiveResize(float[] planes, int width, int height, int size)
    {
        var result = new float[3 * size * size];
        (int, int, float)[] Taps(int from)
        {
            var scale = (float)from / size;
            return [.. Enumerable.Range(0, size).Select(i =>
            {
                var at = Math.Max((double)scale * (i + 0.5) - 0.5, 0);
                var first = (int)at;
                return (first, Math.Min(first + 1, from - 1), (float)(at - first));
            })];
        }
        var (columns, rows) = (Taps(width), Taps(height));
        for (var c = 0; c < 3; c++)
        {
            for (var y = 0; y < size; y++)
            {
                for (var x = 0; x < size; x++)
                {
                    var ((y0, y1, dy), (x0, x1, dx)) = (rows[y], columns[x]);
                    float At(int row, int column) => planes[(c * height + row) * width + column];
                    float Across(int row) => (1 - dx) * At(row, x0) + dx * At(row, x1);
                    result[(c * size + y) * size + x] = (1 - dy) * Across(y0) + dy * Across(y1);
                }
            }
        }
        return result;
    }
}
