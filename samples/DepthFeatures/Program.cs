using System.Globalization;
using DepthPro;
using DepthPro.Samples;
using DepthPro.Training.Scenes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

// Two questions to a photo: is this a room or open ground, and how far away are things? The same trainers of ML.NET learn the answers from raw pixel statistics, from the
// features of estimated depth, and from what the network's image encoder sees. The photos are rendered scenes, whose true depth gives the second answer and is not used otherwise.
// The argument is the number of scenes; each is judged by models that have learnt from the others (cross-validation).
const int Width = 192, Height = 128, Folds = 5;
const long FirstSeed = 200_000; // below the seeds of all scenes that the demo model has learnt from
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 240;

var ml = new MLContext(seed: 1);
var scenes = ml.Data.LoadScenes(new SceneLoadingOptions { Count = count, FirstSeed = FirstSeed, Width = Width, Height = Height });
using var featurizer = ml.Transforms
    .EstimateDepth(new DepthEstimationOptions { OutputColumnName = "Estimated", InputColumnName = "Image", PooledTokensOutputColumnName = "Tokens" })
    .Append(ml.Transforms.FeaturizeDepth("Depth", "Estimated"))
    .Append(ml.Transforms.FeaturizeDepth("ScaleFreeDepth", "Estimated", new() { ScaleFree = true }))
    .Fit(scenes);

// The network runs once on each scene; everything after this works on vectors of numbers.
List<Example> examples = [.. ml.Data.CreateEnumerable<Example>(featurizer.Transform(scenes), reuseRowObject: false, ignoreMissingColumns: true)];
foreach (var (i, image) in scenes.GetColumn<MLImage>("Image").Index()) { examples[i].Pixels = PixelStatistics.Of(image); } // an image lives until the next row is read
foreach (var (i, depth) in scenes.GetColumn<DepthMap>("Depth").Index())
{
    examples[i].Place = $"{Scene.Generate(FirstSeed + i).Place}";
    examples[i].Distance = MeanLogDistance(depth);
}

// A vector's length is part of its column's type, and is known only now.
var schema = SchemaDefinition.Create(typeof(Example));
void HasLength(string column, int length) => schema[column].ColumnType = new VectorDataViewType(NumberDataViewType.Single, length);
HasLength(nameof(Example.Pixels), PixelStatistics.Count);
HasLength(nameof(Example.Depth), DepthFeatures.Count);
HasLength(nameof(Example.ScaleFreeDepth), DepthFeatures.Count);
HasLength(nameof(Example.Tokens), DepthProModel.Demo.TokenWidth);
var data = ml.Data.LoadFromEnumerable(examples, schema);

Console.WriteLine($"{count} rendered scenes, {Folds} folds; the most frequent place is {examples.GroupBy(example => example.Place).Max(places => places.Count()) / (double)count:p1} of them");
Console.WriteLine($"{"",-28} {"numbers",7}  {"place right",11}  {"distance R2",11}");
var pixels = Judge("raw pixel statistics", nameof(Example.Pixels));
var depthFeatures = Judge("depth features", nameof(Example.Depth));
Judge("depth features, scale-free", nameof(Example.ScaleFreeDepth));
Judge("the network's pooled tokens", nameof(Example.Tokens));
Judge("depth features and tokens", nameof(Example.Depth), nameof(Example.Tokens));
// The place shows in colours too, and with so few scenes a difference of a few per cent is chance; the distance is what is judged.
var better = depthFeatures.Distance > pixels.Distance;
Console.WriteLine($"distance: depth features {(better ? "beat" : "do not beat")} raw pixel statistics");
return better ? 0 : 1;

(double Place, double Distance) Judge(string what, params string[] columns)
{
    // Binning, because some depths are rare: by mean and variance, a photo that has more of them than any other would outweigh all its other features.
    var features = ml.Transforms.Concatenate("Features", columns).Append(ml.Transforms.NormalizeBinning("Features", maximumBinCount: 32, fixZero: false));
    var classifier = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Example.Place)).Append(features)
        .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
    // On one thread, so that it gives the same numbers each time.
    var regression = features.Append(ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { LabelColumnName = nameof(Example.Distance), L2Regularization = 0.1f, NumberOfThreads = 1 }));
    var place = ml.MulticlassClassification.CrossValidate(data, classifier, Folds).Average(fold => fold.Metrics.MicroAccuracy);
    var distance = ml.Regression.CrossValidate(data, regression, Folds, nameof(Example.Distance)).Average(fold => fold.Metrics.RSquared);
    var numbers = columns.Sum(column => ((VectorDataViewType)data.Schema[column].Type).Size);
    Console.WriteLine($"{what,-28} {numbers,7}  {place,11:p1}  {distance,11:f3}");
    return (place, distance);
}

// In natural logarithms of metres; the sky counts as 100 m.
static float MeanLogDistance(DepthMap depth)
{
    var sum = 0.0;
    foreach (var meters in depth.Meters) { sum += Math.Log(Math.Min(meters, 100)); }
    return (float)(sum / depth.Meters.Length);
}

/// <summary>What the trainers learn: the two answers, and what is known of the photo.</summary>
internal sealed class Example
{
    public string Place { get; set; } = "";

    public float Distance { get; set; }

    public float[] Pixels { get; set; } = [];

    public float[] Depth { get; set; } = [];

    public float[] ScaleFreeDepth { get; set; } = [];

    public float[] Tokens { get; set; } = [];
}
