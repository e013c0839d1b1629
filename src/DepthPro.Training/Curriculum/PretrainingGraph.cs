using DepthPro.Network;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Patches;
using DepthPro.Training.Data;
using DepthPro.Training.Gradients;

namespace DepthPro.Training.Curriculum;

/// <summary>The patch encoder on patches of all levels, with a linear head that says the logarithm of each token's inverse depth. Not thread-safe.</summary>
internal sealed class PretrainingGraph(NetworkConfig config, int photos) : StageGraph(config, photos)
{
    /// <summary>Where the head's weights are; no network has them.</summary>
    public const string HeadName = "pretraining";

    private const string Patches = "patches", Truth = "truth", Valid = "valid";

    // Of a photo's 35: the whole, then as many of each other level.
    private const int OfEachLevel = 3, PatchesOfPhoto = 1 + 2 * OfEachLevel;

    // Cells of a token in each direction whose depth the head tells apart.
    private const int Cells = 2;

    // Of canonical inverse depth: what is farther, the sky among it, is alike.
    private const float Smallest = 5e-3f;

    private readonly float[] _all = new float[DepthPatches.LengthOf(config)];

    private int Side => Config.Vit.Grid * Cells;

    public override (Graph Graph, Value Loss) Build()
    {
        var (graph, vit, count) = (new Graph("pretraining"), Config.Vit, Photos * PatchesOfPhoto);
        var weights = new Weights(graph);
        var patches = graph.Input(Patches, count, 3, vit.ImageSize, vit.ImageSize);
        var tokens = VisionTransformer.Encode(patches, weights["encoder"]["patch_encoder"], vit).Slice(1, 1..);
        var guess = tokens.Linear(weights[HeadName], Cells * Cells);
        int[] shape = [count, vit.Grid * vit.Grid, Cells * Cells];
        var (truth, valid) = (graph.Input(Truth, shape), graph.Input(Valid, shape));
        var loss = (((guess - truth) * valid).Abs().Sum(0, 1, 2) / valid.Sum(0, 1, 2).AtLeast(1)).Reshape(1);
        graph.Output(LossName, loss);
        return (graph, loss);
    }

    public override void Write(PreparedPhoto photo, StageInput input, SeededRandom random)
    {
        DepthPatches.Extract(photo.Pixels, Config, _all);
        var patches = input(Patches);
        var truth = input(Truth);
        var valid = input(Valid);
        var (length, cells) = (3 * Config.Vit.ImageSize * Config.Vit.ImageSize, Side * Side);
        for (var i = 0; i < PatchesOfPhoto; i++)
        {
            var level = Config.PatchLevels[i == 0 ? 2 : i <= OfEachLevel ? 1 : 0];
            var place = random.Count(0, level.Count - 1);
            _all.AsSpan((level.First + place) * length, length).CopyTo(patches[(i * length)..]);
            Look(photo, level, place, truth.Slice(i * cells, cells), valid.Slice(i * cells, cells));
        }
    }

    // Depth in the middle of each cell of each token.
    private void Look(PreparedPhoto photo, PatchLevel level, int place, Span<float> truth, Span<float> valid)
    {
        var (grid, scale) = (Config.Vit.Grid, (double)Config.OutputSize / Config.InputSize * level.Downscale);
        var (left, top) = (place % level.Steps * level.Stride, place / level.Steps * level.Stride);
        for (var i = 0; i < truth.Length; i++)
        {
            var (token, cell) = (i / (Cells * Cells), i % (Cells * Cells));
            int At(int origin, int index) => (int)((origin + (index + 0.5) * Config.Vit.PatchSize / Cells) * scale);
            var (x, y) = (At(left, token % grid * Cells + cell % Cells), At(top, token / grid * Cells + cell / Cells));
            var inverse = photo.InverseDepth[y * Config.OutputSize + x];
            valid[i] = float.IsNaN(inverse) ? 0 : 1;
            truth[i] = float.IsNaN(inverse) ? 0 : MathF.Log(Math.Max(inverse, Smallest));
        }
    }
}
