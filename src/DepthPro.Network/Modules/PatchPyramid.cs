using DepthPro.Network.Graphs;
using static DepthPro.Network.Graphs.Ops;

namespace DepthPro.Network.Modules;

/// <summary>The image pyramid cut into overlapping patches, and patch features merged back into maps without seams. Not thread-safe, as its graph is not.</summary>
/// <remarks>Source: paper, section 3.1; ml-depth-pro, <c>network/encoder.py</c>, <c>_create_pyramid</c>, <c>split</c>, <c>merge</c>.</remarks>
public static class PatchPyramid
{
    /// <summary>Network inputs (N, 3, S, S) to patches (35 N, 3, P, P): finest level first, each row by row; of each place in turn the patches of all N.</summary>
    public static Value Split(Value input, NetworkConfig config)
    {
        var patches = new List<Value>();
        foreach (var level in config.PatchLevels)
        {
            var scaled = level.Downscale == 1 ? input : input.Shrink(level.Downscale);
            Range Window(int k) => (k * level.Stride)..(k * level.Stride + config.Vit.ImageSize);
            for (var row = 0; row < level.Steps; row++)
            {
                for (var column = 0; column < level.Steps; column++) { patches.Add(scaled.Crop(Window(row), Window(column))); }
            }
        }
        return Concat(0, patches);
    }

    /// <summary>Maps of one level's patches (steps x steps x N, C, grid, grid) to the level's maps (N, C, side, side); each seam loses half the overlap from both sides.</summary>
    public static Value Merge(Value maps, PatchLevel level)
    {
        var photos = maps.Shape[0] / level.Count;
        Range Keep(int k) => (k == 0 ? 0 : level.Seam)..^(k == level.Steps - 1 ? 0 : level.Seam);
        Value Patch(int row, int column)
        {
            var index = row * level.Steps + column;
            return maps.Slice(0, (index * photos)..((index + 1) * photos)).Crop(Keep(row), Keep(column));
        }
        Value Row(int row) => Concat(3, [.. Enumerable.Range(0, level.Steps).Select(column => Patch(row, column))]);
        return Concat(2, [.. Enumerable.Range(0, level.Steps).Select(Row)]);
    }
}
