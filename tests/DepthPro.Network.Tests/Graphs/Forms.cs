using DepthPro.Network.Graphs;

namespace DepthPro.Network.Tests.Graphs;

/// <summary>Forms of graphs by name, as tests are given them.</summary>
internal static class Forms
{
    private static readonly Dictionary<string, GraphForm> All = new()
    {
        [nameof(GraphForm.Portable)] = GraphForm.Portable,
        [nameof(GraphForm.OnnxRuntime)] = GraphForm.OnnxRuntime,
        [nameof(GraphForm.Float16Compute)] = GraphForm.Float16Compute,
    };

    public static GraphForm Named(string name) => All[name];
}
