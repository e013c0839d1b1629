using DepthPro;
using Microsoft.ML;

// A photo through an ML.NET pipeline to metric depth.
// The model is the small one that comes with the library; README.md tells how to convert the published checkpoint.
var repository = FindRepository();
var output = Directory.CreateDirectory(Path.Combine(repository, "artifacts", "quickstart"));

var ml = new MLContext();
var photos = ml.Data.LoadFromEnumerable(new[] { new PhotoRow { Path = "coffee.jpg" } });
var pipeline = ml.Transforms.LoadPhotos("Image", imageFolder: Path.Combine(repository, "samples", "photos"), "Path", focalLengthColumnName: "FocalLength")
    .Append(ml.Transforms.EstimateDepth("Depth", "Image", focalLengthColumnName: "FocalLength"));

using var model = pipeline.Fit(photos);
foreach (var row in ml.Data.CreateEnumerable<DepthRow>(model.Transform(photos), reuseRowObject: false))
{
    if (row.Depth is not { } depth) { continue; }
    var photo = Photo.FromFile(Path.Combine(repository, "samples", "photos", row.Path));
    var picture = Path.Combine(output.FullName, "coffee.depth.png");
    DepthVisuals.SideBySide(photo, DepthVisuals.Colorize(depth)).Save(picture);

    Console.WriteLine($"{row.Path}, {depth.Width} x {depth.Height} pixels");
    Console.WriteLine($"  focal length  {depth.FocalLengthPixels:f0} pixels ({depth.FocalLengthSource.ToText()}), field of view {depth.FieldOfViewDegrees:f1} degrees");
    Console.WriteLine($"  depth         {depth.Min:f2} m to {depth.Max:f2} m, median {depth.Median:f2} m");
    foreach (var (name, x, y) in new[] { ("top", 0.5, 0.1), ("centre", 0.5, 0.5), ("bottom", 0.5, 0.9) })
    {
        Console.WriteLine($"  {name,-12}  {depth[(int)(x * depth.Width), (int)(y * depth.Height)]:f2} m");
    }
    Console.WriteLine($"  picture       {picture}");
}
var mlnet = typeof(MLContext).Assembly;
Console.WriteLine($"ran on ML.NET from {mlnet.GetName().Name} {mlnet.GetName().Version}{(IsStandIn() ? ", the stand-in that this repository builds where the package feed has no ML.NET" : "")}");

bool IsStandIn() => mlnet.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), inherit: false)
    .Cast<System.Reflection.AssemblyMetadataAttribute>().Any(metadata => metadata is { Key: "MLNetSource", Value: "standin" });

static string FindRepository()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DepthPro.MLNet.sln"))) { folder = folder.Parent; }
    return folder?.FullName ?? throw new DirectoryNotFoundException("Run the QuickStart from a checkout of DepthPro.MLNet: it reads samples/photos.");
}

/// <summary>What goes in.</summary>
internal sealed class PhotoRow
{
    public string Path { get; set; } = "";
}

/// <summary>What comes out.</summary>
internal sealed class DepthRow
{
    public string Path { get; set; } = "";

    public DepthMap? Depth { get; set; }
}
