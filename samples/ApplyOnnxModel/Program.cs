using DepthPro;
using DepthPro.Network;
using Microsoft.ML;

// ML.NET's own ApplyOnnxModel between this library's first and last step, with the network as one ONNX file.
// EstimateDepth does the same in one step; this is for pipelines that score all their networks by ApplyOnnxModel.
const double Tolerance = 1e-4; // of the depth: the two run the same network, cut up differently

var repository = FindRepository();
var work = Directory.CreateTempSubdirectory("depthpro-apply-onnx-model-");
try
{
    var checkpoint = Path.Combine(work.FullName, "demo.safetensors");
    DepthProModel.SaveDemoCheckpoint(checkpoint);
    var model = ModelConverter.Convert(checkpoint, Path.Combine(work.FullName, "model"), new ConversionOptions { SingleFile = true });
    var onnxFile = Path.Combine(work.FullName, "model", "depth_pro.onnx");

    var ml = new MLContext();
    var photos = ml.Data.LoadFromEnumerable(new[] { new PhotoRow { Path = "coffee.jpg" }, new PhotoRow { Path = "chelsea.jpg" } });
    var pipeline = ml.Transforms.LoadPhotos("Image", imageFolder: Path.Combine(repository, "samples", "photos"), "Path")
        .Append(ml.Transforms.PrepareDepthInput("pixel_values", "Image", model))
        .Append(ml.Transforms.ApplyOnnxModel(["canonical_inverse_depth", "field_of_view_degrees"], ["pixel_values"], onnxFile))
        .Append(ml.Transforms.ConvertToMetricDepth("Depth", "canonical_inverse_depth", "Image", fieldOfView: "field_of_view_degrees"))
        .Append(ml.Transforms.EstimateDepth("InOneStep", "Image"));
    using var fitted = pipeline.Fit(photos);

    var agrees = true;
    foreach (var row in ml.Data.CreateEnumerable<DepthRow>(fitted.Transform(photos), reuseRowObject: false))
    {
        if (row is not { Depth: { } depth, InOneStep: { } expected }) { continue; }
        var worst = WorstDifference(depth, expected);
        agrees &= worst <= Tolerance;
        Console.WriteLine($"{row.Path}, {depth.Width} x {depth.Height} pixels: median {depth.Median:f3} m, focal length {depth.FocalLengthPixels:f0} pixels ({depth.FocalLengthSource.ToText()}); EstimateDepth differs by at most {worst:e1} of the depth");
    }
    Console.WriteLine(agrees ? $"ApplyOnnxModel agrees with EstimateDepth to {Tolerance:g}" : $"ApplyOnnxModel does not agree with EstimateDepth to {Tolerance:g}");
    return agrees ? 0 : 1;
}
finally
{
    work.Delete(recursive: true);
}

static double WorstDifference(DepthMap depth, DepthMap expected)
{
    var worst = depth.Meters.Length == expected.Meters.Length ? 0 : double.PositiveInfinity;
    for (var i = 0; i < expected.Meters.Length && worst < double.PositiveInfinity; i++)
    {
        worst = Math.Max(worst, Math.Abs(depth.Meters[i] - (double)expected.Meters[i]) / expected.Meters[i]);
    }
    return worst;
}

static string FindRepository()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DepthPro.MLNet.sln"))) { folder = folder.Parent; }
    return folder?.FullName ?? throw new DirectoryNotFoundException("Run this sample from a checkout of DepthPro.MLNet: it reads samples/photos.");
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

    public DepthMap? InOneStep { get; set; }
}
