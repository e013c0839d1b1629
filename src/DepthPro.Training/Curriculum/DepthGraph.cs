using DepthPro.Network;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Training.Data;

namespace DepthPro.Training.Curriculum;

/// <summary>Canonical inverse depth and the losses of table 17, each for the kinds of sets that it is meant for. Not thread-safe.</summary>
internal sealed class DepthGraph(NetworkConfig config, int photos, DepthLossWeights weights, IReadOnlyList<TrainingSet> sets, float leak) : StageGraph(config, photos)
{
    /// <summary>The output of predicted canonical inverse depth, (N, 1, O, O).</summary>
    public const string PredictionName = "canonical_inverse_depth";

    // Table 16, "trimmed".
    private const float RealTrim = 0.2f;

    private const string Pixels = "pixels", Truth = "truth", Valid = "valid";

    private bool Any(bool isReal, bool isMetric) => sets.Any(set => set.IsReal == isReal && set.IsMetric == isMetric);

    private bool IsUniform => sets.All(set => set.IsReal == sets[0].IsReal && set.IsMetric == sets[0].IsMetric);

    public override (Graph Graph, Value Loss) Build()
    {
        var graph = new Graph("training");
        var (depth, _) = DepthProNetwork.Estimate(graph.Input(Pixels, Photos, 3, Config.InputSize, Config.InputSize), Config with { FieldOfView = false }, leak);
        graph.Output(PredictionName, depth);
        var (truth, valid) = (graph.Input(Truth, depth.Shape.ToArray()), graph.Input(Valid, depth.Shape.ToArray()));
        var terms = new List<Value>();
        void Add(string name, float weight, Func<Value> term)
        {
            if (weight == 0) { return; }
            var value = term();
            graph.Output(name, value);
            terms.Add(value * weight);
        }
        foreach (var (isReal, isMetric) in new[] { (false, true), (true, true), (false, false), (true, false) })
        {
            if (!Any(isReal, isMetric)) { continue; }
            var kind = KindName(isReal, isMetric);
            var losses = new DepthLossGraph(depth, truth, valid, IsUniform ? null : graph.Input(kind, Photos, 1, 1, 1));
            var normalised = new Lazy<DepthLossGraph>(losses.ScaleAndShiftInvariant);
            Add($"{kind}.mae", weights.Mae, () => (isMetric ? losses : normalised.Value).MeanAbsoluteError(isReal ? RealTrim : 0));
            if (isReal) { continue; } // measured depth has no edges to learn from
            Add($"{kind}.ssiMage", weights.SsiMage, () => normalised.Value.Mage());
            if (!isMetric) { continue; }
            Add($"{kind}.mse", weights.Mse, losses.MeanSquaredError);
            Add($"{kind}.mage", weights.Mage, () => losses.Mage());
            Add($"{kind}.male", weights.Male, () => losses.Male());
            Add($"{kind}.msge", weights.Msge, () => losses.Msge());
        }
        if (terms.Count == 0) { throw new ArgumentException("No loss is left for the sets of this stage: of sets that are not metric or not synthetic only MAE is taken, and SSI-MAGE of synthetic ones. Give weights or sets that fit."); }
        var loss = terms.Aggregate((sum, term) => sum + term);
        graph.Output(LossName, loss);
        return (graph, loss);
    }

    public override void Write(PreparedPhoto photo, StageInput input, SeededRandom random)
    {
        photo.Pixels.CopyTo(input(Pixels));
        var truth = input(Truth);
        var valid = input(Valid);
        photo.InverseDepth.CopyTo(truth);
        for (var i = 0; i < truth.Length; i++) { valid[i] = float.IsNaN(truth[i]) ? 0 : 1; }
        if (IsUniform) { return; }
        foreach (var (isReal, isMetric) in sets.Select(set => (set.IsReal, set.IsMetric)).Distinct())
        {
            input(KindName(isReal, isMetric))[0] = photo.Set?.IsReal == isReal && photo.Set.IsMetric == isMetric ? 1 : 0;
        }
    }

    private static string KindName(bool isReal, bool isMetric) => $"{(isReal ? "real" : "synthetic")}{(isMetric ? "" : ".relative")}";
}
