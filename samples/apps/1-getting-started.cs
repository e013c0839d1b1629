#:project ../../src/DepthPro.Estimators/DepthPro.Estimators.csproj
#:property OnnxRuntimeApplication=true
#:property PublishAot=false
// One photo to metric depth: dotnet run 1-getting-started.cs
using DepthPro;
using Microsoft.ML;
using Microsoft.ML.Data;

var photoFolder = Path.Combine(AppContext.GetData("EntryPointFileDirectoryPath") as string ?? ".", "..", "photos"); // beside this file's folder, wherever it is run from
using var network = DepthNetwork.Open();
var photo = Photo.FromFile(Path.Combine(photoFolder, "coffee.jpg"));
var depth = network.Estimate(photo);
Console.WriteLine($"{depth.Width} x {depth.Height} pixels, {depth.Min:f1} to {depth.Max:f1} m, median {depth.Median:f1} m");
Console.WriteLine($"focal length {depth.FocalLengthPixels:f0} pixels ({depth.FocalLengthSource.ToText()}), field of view {depth.FieldOfViewDegrees:f0} degrees");

// The same as a column of an ML.NET pipeline.
var ml = new MLContext();
var rows = ml.Data.LoadFromEnumerable(new[] { new PhotoRow { Path = "coffee.jpg" }, new PhotoRow { Path = "chelsea.jpg" } });
using var model = ml.Transforms.LoadPhotos("Image", imageFolder: photoFolder, "Path", focalLengthColumnName: "FocalLength")
    .Append(ml.Transforms.EstimateDepth("Depth", "Image", focalLengthColumnName: "FocalLength"))
    .Fit(rows);
foreach (var map in model.Transform(rows).GetColumn<DepthMap>("Depth")) { Console.WriteLine($"{map.Width} x {map.Height}, median {map.Median:f1} m"); }

// A known distance corrects the scale.
var across = DepthMeasurement.Between(depth, 150, 200, 450, 200);
var calibration = ScaleCalibration.FromDistance(depth, 150, 200, 450, 200, knownMeters: 0.25);
Console.WriteLine($"done: {across.Meters:f1} m between two pixels; depth times {calibration.Factor:f2} if that is 0.25 m");

internal sealed class PhotoRow
{
    public string Path { get; set; } = "";
}
