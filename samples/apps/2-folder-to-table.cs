#:project ../../src/DepthPro.Estimators/DepthPro.Estimators.csproj
#:property OnnxRuntimeApplication=true
#:property PublishAot=false
// A folder of photos to a table and a gallery: dotnet run 2-folder-to-table.cs
using DepthPro;
using Microsoft.ML;

var photoFolder = Path.Combine(AppContext.GetData("EntryPointFileDirectoryPath") as string ?? ".", "..", "photos"); // beside this file's folder, wherever it is run from
var ml = new MLContext();
var photos = ml.Data.LoadFromEnumerable(Directory.GetFiles(photoFolder, "*.jpg").Order(StringComparer.Ordinal).Select(path => new PhotoRow { Path = path }));
using var model = ml.Transforms.LoadPhotos("Image", imageFolder: null, "Path", focalLengthColumnName: "FocalLength")
    .Append(ml.Transforms.EstimateDepth("Depth", "Image", focalLengthColumnName: "FocalLength"))
    .Fit(photos);

var figures = new List<string>();
foreach (var row in ml.Data.CreateEnumerable<DepthRow>(model.Transform(photos), reuseRowObject: false))
{
    if (row.Depth is not { } depth) { continue; }
    Console.WriteLine($"{Path.GetFileName(row.Path),-14} {depth.Width,4} x {depth.Height,-4} median {depth.Median,5:f1} m  focal length {depth.FocalLengthPixels,5:f0} px ({depth.FocalLengthSource.ToText()})");
    figures.Add($"<figure>{Photo.FromFile(row.Path).ToHtml(300)} {DepthVisuals.Colorize(depth).ToHtml(300)}<figcaption>{System.Net.WebUtility.HtmlEncode(Path.GetFileName(row.Path))}</figcaption></figure>");
}
var gallery = Path.Combine(Path.GetTempPath(), "depthpro-gallery.html");
File.WriteAllText(gallery, $"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Gallery</title></head><body>{string.Concat(figures)}</body></html>");
Console.WriteLine($"done: {figures.Count} photos, gallery in {gallery}");

internal sealed class PhotoRow
{
    public string Path { get; set; } = "";
}

internal sealed class DepthRow
{
    public string Path { get; set; } = "";

    public DepthMap? Depth { get; set; }
}
