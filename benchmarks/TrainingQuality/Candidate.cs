using DepthPro;
using DepthPro.Training.Scenes;

namespace TrainingQuality;

/// <summary>Something that says how far things are.</summary>
/// <param name="Name">For the table.</param>
/// <param name="WithTrueFocalLength">A scene's depth.</param>
/// <param name="OnItsOwn">The depth from the photo alone; null if that is the same.</param>
internal sealed record Candidate(string Name, Func<RenderedScene, DepthMap> WithTrueFocalLength, Func<RenderedScene, DepthMap>? OnItsOwn = null)
{
    public static Candidate Of(string name, DepthNetwork network)
        => new(name, scene => network.Estimate(scene.Photo, scene.Depth.FocalLengthPixels), scene => network.Estimate(scene.Photo));

    /// <summary>What is known without looking: each pixel's mean logarithm of depth over scenes of the domain.</summary>
    public static Candidate Prior(SceneOptions options)
    {
        const int Scenes = 2000, Side = 64;
        const long FirstSeed = 10_000;
        var sums = new double[Side * Side];
        for (var i = 0; i < Scenes; i++)
        {
            var scene = Scene.Generate(FirstSeed + i, options);
            var depth = scene.Render(Side, Side, scene.AspectRatio).Depth.Meters;
            for (var pixel = 0; pixel < sums.Length; pixel++) { sums[pixel] += Math.Log(Math.Min(depth[pixel], HeldOutScenes.Range.MaxDepth)) / Scenes; }
        }
        return new("mean log depth of each pixel", scene =>
        {
            var (width, height) = (scene.Photo.Width, scene.Photo.Height);
            var meters = new float[width * height];
            for (var i = 0; i < meters.Length; i++) { meters[i] = (float)Math.Exp(sums[i / width * Side / height * Side + i % width * Side / width]); }
            return new(width, height, meters, scene.Depth.FocalLengthPixels, FocalLengthSource.Given);
        });
    }
}
