#:project ../../src/DepthPro.Training/DepthPro.Training.csproj
#:property OnnxRuntimeApplication=true
#:property PublishAot=false
// Depth features to a model that tells rooms from open ground: dotnet run 3-features-to-model.cs
// The model is the nearest mean, which needs no trainer; samples/DepthFeatures has ML.NET's trainers learn from the same columns.
using DepthPro;
using DepthPro.Training.Scenes;
using Microsoft.ML;
using Microsoft.ML.Data;

const int Count = 60, FirstSeed = 300;
var ml = new MLContext(seed: 1);
var scenes = ml.Data.LoadScenes(new SceneLoadingOptions { Count = Count, FirstSeed = FirstSeed, Width = 192, Height = 128 });
using var pipeline = ml.Transforms.EstimateDepth("Estimated", "Image").Append(ml.Transforms.FeaturizeDepth("Features", "Estimated")).Fit(scenes);

var names = DepthFeatures.SlotNames();
(string Place, float[] Features)[] examples = [.. pipeline.Transform(scenes).GetColumn<VBuffer<float>>("Features").Select((vector, i) => ($"{Scene.Generate(FirstSeed + i, SceneOptions.Plain).Place}", vector.DenseValues().ToArray()))];
var (learnt, judged) = (examples[..(Count * 2 / 3)], examples[(Count * 2 / 3)..]);
double[] spread = [.. Enumerable.Range(0, names.Count).Select(slot => Spread([.. learnt.Select(example => example.Features[slot])]))];
var means = learnt.GroupBy(example => example.Place).ToDictionary(place => place.Key, place => Enumerable.Range(0, names.Count).Select(slot => place.Average(example => example.Features[slot])).ToArray());
var right = judged.Count(example => means.MinBy(place => Enumerable.Range(0, names.Count).Sum(slot => Math.Pow((example.Features[slot] - place.Value[slot]) / spread[slot], 2))).Key == example.Place);
Console.WriteLine($"done: {names.Count} features; {right} of {judged.Length} places right by the nearest mean");

static double Spread(float[] values) => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2))) + 1e-6;
