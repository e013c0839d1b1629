using DepthPro;
using DepthPro.Training.Scenes;

namespace TrainingQuality;

/// <summary>Scenes that no training draws, photographed with square pixels.</summary>
internal sealed record HeldOutScenes(string Name, SceneOptions Options, int Count)
{
    // Below the seeds of every training and validation set.
    public const long FirstSeed = 100_000;

    private const int Pixels = 320 * 240;

    /// <summary>What counts: not the sky, nor what is beyond the farthest object.</summary>
    public static DepthMetricsOptions Range { get; } = new() { MinDepth = 0.1f, MaxDepth = 80 };

    /// <summary>All of one size.</summary>
    public IEnumerable<RenderedScene> Render(int width, int height) => Enumerable.Range(0, Count).Select(i => Scene.Generate(FirstSeed + i, Options).Render(width, height));

    /// <summary>Each with its own aspect ratio.</summary>
    public IEnumerable<RenderedScene> Render() => Enumerable.Range(0, Count).Select(i =>
    {
        var scene = Scene.Generate(FirstSeed + i, Options);
        var width = (int)Math.Round(Math.Sqrt(Pixels * scene.AspectRatio));
        return scene.Render(width, (int)Math.Round(width / scene.AspectRatio));
    });
}
