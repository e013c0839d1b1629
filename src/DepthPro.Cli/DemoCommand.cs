using System.CommandLine;
using System.Globalization;
using System.Text;
using DepthPro.Formats;
using DepthPro.Reports;

namespace DepthPro.Cli;

/// <summary>All that the library makes of one photo, in a folder with a page to look at.</summary>
internal static class DemoCommand
{
    private const string SampleName = "coffee.jpg", SampleResource = "depthpro.coffee.jpg", PageName = "index.html";

    // Lower than the usual one: a miniature model's edges are soft.
    private const double ContourRatio = 1.05;

    private static readonly (DepthColormap Map, string File)[] Colormaps =
        [(DepthColormap.Turbo, "turbo.depth.png"), (DepthColormap.Viridis, "viridis.depth.png"), (DepthColormap.Magma, "magma.depth.png"), (DepthColormap.Grey, "grey.depth.png")];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var photo = new Argument<string?>("photo") { Description = "A photo; the one that comes with the program if not given.", Arity = ArgumentArity.ZeroOrOne };
        var model = new Option<string?>("--model") { Description = "Model folder or .onnx file; the embedded demo model if not given." };
        var folder = new Option<string>("--output") { Description = "Folder to write to; created if needed.", DefaultValueFactory = _ => "./demo" };
        var command = new Command("demo", "Writes everything that can be made of one photo, and a page to look at it.") { photo, model, folder };
        command.SetAction(parsed =>
        {
            using var network = DepthNetwork.Open(parsed.GetValue(model) is { } path ? DepthProModel.Open(path) : null);
            Photo seen;
            try
            {
                seen = parsed.GetValue(photo) is { } given ? Photo.FromFile(given) : Photo.FromBytes(Sample(), SampleName);
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                error.WriteLine(exception.Message);
                return ExitCode.SomeInputsFailed;
            }
            var to = parsed.GetValue(folder) ?? ".";
            OutputFolder.Create("--output", to);
            Write(seen, network, to);
            output.WriteLine(Path.Combine(to, PageName));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Photo photo, DepthNetwork network, string folder)
    {
        var depth = network.Estimate(photo);
        string At(string file) => Path.Combine(folder, file);
        photo.Save(At("photo.png"));
        foreach (var (map, file) in Colormaps) { DepthVisuals.Colorize(depth, new DepthColorOptions { Colormap = map, ScaleBar = true }).Save(At(file)); }
        DepthVisuals.SideBySide(photo, DepthVisuals.Colorize(depth)).Save(At("side-by-side.png"));
        DepthVisuals.OverlayBoundaries(photo, depth, ContourRatio).Save(At("boundaries.png"));

        foreach (var file in (string[])["depth.npy", "depth.npz", "depth.depth16.png", "depth.pfm"]) { DepthFile.Write(At(file), depth); }
        PointCloudFile.Write(At("depth.ply"), depth, photo);
        MeshFile.Write(At("depth.glb"), depth, photo);
        var features = DepthFeatures.SlotNames().Zip(DepthFeatures.Of(depth), (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name},{value:R}"));
        WriteText(At("features.csv"), $"feature,value\n{string.Join('\n', features)}\n");
        DepthSidecar.Of(photo.Name, depth, network).Write(At("depth.json"));

        WriteText(At(PageName), GalleryPage.Html(photo.Name, photo, depth,
        [
            ("size", $"{depth.Width} x {depth.Height} pixels"),
            ("depth", string.Create(CultureInfo.InvariantCulture, $"{depth.Min:f2} to {depth.Max:f2} m, median {depth.Median:f2} m")),
            ("focal length", string.Create(CultureInfo.InvariantCulture, $"{depth.FocalLengthPixels:f0} pixels ({depth.FocalLengthSource.ToText()}), field of view {depth.FieldOfViewDegrees:f1} degrees")),
            ("model", $"{network.Model}, on {network.Device}"),
        ],
        [
            .. Colormaps.Select(map => (map.File, map.Map.ToString().ToLowerInvariant())), ("side-by-side.png", "photo and depth"), ("boundaries.png", "occluding contours"),
        ],
        [
            ("depth.npy", "float32, metres"), ("depth.npz", "the same, compressed, as array depth"), ("depth.depth16.png", "16 bits, millimetres"), ("depth.pfm", "float32, metres"),
            ("depth.ply", "point cloud with colours, camera axes x right, y down, z forward"), ("depth.glb", "mesh with the photo as its texture, for glTF viewers"),
            ("features.csv", "what FeaturizeDepth makes of it"), ("depth.json", "focal length, field of view, range and model"),
        ]));
    }

    private static void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static byte[] Sample()
    {
        using var resource = typeof(DemoCommand).Assembly.GetManifestResourceStream(SampleResource) ?? throw new InvalidOperationException("The sample photo is missing from this build.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
