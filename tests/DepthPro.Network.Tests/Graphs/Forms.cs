using DepthPro.Network.Graphs;

namespace DepthPro.Network.Tests.Graphs;

/// <summary>Forms of graphs by name, as tests are given them.</summary>
internal static class Forms
{
    public const string PairedRows = "OnnxRuntime, rows in pairs";

    private static readonly Dictionary<string, GraphForm> All = new()
    {
        [nameof(GraphForm.Portable)] = GraphForm.Portable,
        [nameof(GraphForm.OnnxRuntime)] = GraphForm.OnnxRuntime,
        [PairedRows] = GraphForm.OnnxRuntime with { PairedRowsBytes = 0 }, // of small maps, too
        [nameof(GraphForm.Float16Compute)] = GraphForm.Float16Compute,
    };

    public static GraphForm Named(string name) => All[name];
}
