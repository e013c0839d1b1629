#:project ../../src/DepthPro.Training/DepthPro.Training.csproj
#:property OnnxRuntimeApplication=true
#:property PublishAot=false
// Evaluating boundaries on rendered scenes: dotnet run 4-boundaries.cs
using DepthPro;
using DepthPro.Training.Scenes;
using Microsoft.ML;

var ml = new MLContext();
var scenes = ml.Data.LoadScenes(new SceneLoadingOptions { Count = 12, FirstSeed = 7, Width = 320, Height = 240, DepthColumnName = "Label" });
using var model = ml.Transforms.EstimateDepth("Depth", "Image", focalLengthColumnName: "FocalLength").Fit(scenes);
var range = new DepthMetricsOptions { MinDepth = 0.1f, MaxDepth = 80 }; // not the sky
var metrics = ml.DepthEstimation.Evaluate(model.Transform(scenes), options: new() { Depth = range });
Console.WriteLine($"AbsRel {metrics.Depth.Mean.AbsRel:f2}, delta1 {metrics.Depth.Mean.Delta1:f2}");

// What counts as a contour is a ratio of neighbouring depths; the truth against itself is the upper bound.
var scene = Scene.Generate(7, SceneOptions.Plain).Render(320, 240);
using var network = DepthNetwork.Open();
var guess = network.Estimate(scene.Photo, scene.Depth.FocalLengthPixels);
foreach (var ratio in new[] { 1.05, 1.1, 1.25 })
{
    var options = BoundaryOptions.At(ratio);
    Console.WriteLine($"ratio {ratio:f2}: F1 {BoundaryMetrics.Of(guess, scene.Depth, options).F1:f2} of {BoundaryMetrics.Of(scene.Depth, scene.Depth, options).F1:f2}");
}
var picture = Path.Combine(Path.GetTempPath(), "depthpro-boundaries.png");
DepthVisuals.SideBySide(DepthVisuals.OverlayBoundaries(scene.Photo, scene.Depth), DepthVisuals.OverlayBoundaries(scene.Photo, guess)).Save(picture);
Console.WriteLine($"done: boundary F1 {metrics.Boundary.Mean.F1:f2} over 12 scenes, contours of truth and estimate in {picture}");
