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
    private const string SideBySide = "side-by-side.depth.png", Boundaries = "boundaries.depth.png", Depth16 = "depth.depth16.png";

    // Lower than the usual one: a miniature model's edges are soft.
    private const double ContourRatio = 1.05;

    private static readonly (DepthColormap Map, string File)[] Colormaps =
        [(DepthColormap.Turbo, "turbo.depth.png"), (DepthColormap.Viridis, "viridis.depth.png"), (DepthColormap.Magma, "magma.depth.png"), (DepthColormap.Grey, "grey.depth.png")];

    // Named as estimate's, so that they never count as photos.
    private static readonly (string File, string Text)[] Pictures =
        [.. Colormaps.Select(map => (map.File, map.Map.ToString().ToLowerInvariant())), (SideBySide, "photo and depth"), (Boundaries, "occluding contours")];

    private static readonly (string File, string Text)[] Files =
    [
        ("depth.npy", "float32, metres"), ("depth.npz", "the same, compressed, as array depth"), (Depth16, "16 bits, millimetres"), ("depth.pfm", "float32, metres"),
        ("depth.ply", "point cloud with colours, camera axes x right, y down, z forward"), ("depth.glb", "mesh with the photo as its texture, for glTF viewers"),
        ("features.csv", "what FeaturizeDepth makes of it"), ("depth.json", "focal length, field of view, range and model"),
    ];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var photo = new Argument<string?>("photo") { Description = "A photo; the one that comes with the program if not given.", Arity = ArgumentArity.ZeroOrOne };
        var model = new Option<string?>("--model") { Description = "Model folder or .onnx file; the embedded demo model if not given." };
        var folder = new Option<string>("--output") { Description = "Folder to write to; created if needed.", DefaultValueFactory = _ => "./demo" };
        var command = new Command("demo", "Writes everything that can be made of one photo, and a page to look at it.") { photo, model, folder };
        photo.Validators.Add(EstimateArguments.RefuseUnknownOptions);
        command.SetAction(parsed =>
        {
            var to = parsed.GetValue(folder) ?? ".";
            if (parsed.GetValue(photo) is { } original) { RefuseToOverwrite(original, to); }
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
            OutputFolder.Create("--output", to);
            Write(seen, network, to);
            output.WriteLine(Path.Combine(to, PageName));
            return ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="UsageException">A file that is to be written is the photo.</exception>
    private static void RefuseToOverwrite(string photo, string folder)
    {
        string[] written = [.. Pictures.Select(picture => picture.File), .. Files.Select(file => file.File), PageName];
        var path = Path.GetFullPath(photo);
        if (Array.Find(written, file => PathNames.Comparer.Equals(Path.GetFullPath(Path.Combine(folder, file)), path)) is { } same)
        {
            throw new UsageException($"'{photo}' would be overwritten: demo writes a '{same}' to --output '{folder}'. Name another folder, or rename the photo.");
        }
    }

    private static void Write(Photo photo, DepthNetwork network, string folder)
    {
        var depth = network.Estimate(photo);
        string At(string file) => Path.Combine(folder, file);
        foreach (var (map, file) in Colormaps) { DepthVisuals.Colorize(depth, new DepthColorOptions { Colormap = map, ScaleBar = true }).Save(At(file)); }
        DepthVisuals.SideBySide(photo, DepthVisuals.Colorize(depth)).Save(At(SideBySide));
        DepthVisuals.OverlayBoundaries(photo, depth, ContourRatio).Save(At(Boundaries));

        foreach (var file in (string[])["depth.npy", "depth.npz", "depth.pfm"]) { DepthFile.Write(At(file), depth); }
        var written = DepthFile.Write(At(Depth16), depth);
        PointCloudFile.Write(At("depth.ply"), depth, photo);
        MeshFile.Write(At("depth.glb"), depth, photo);
        var features = DepthFeatures.SlotNames().Zip(DepthFeatures.Of(depth), (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name},{value:R}"));
        WriteText(At("features.csv"), $"feature,value\n{string.Join('\n', features)}\n");
        DepthSidecar.Of(photo.Name, depth, network).WithDepth16(new DepthFileOptions().UnitsPerMeter, written).Write(At("depth.json"));

        WriteText(At(PageName), GalleryPage.Html(photo.Name, photo, depth,
        [
            ("size", $"{depth.Width} x {depth.Height} pixels"),
            ("depth", string.Create(CultureInfo.InvariantCulture, $"{depth.Min:f2} to {depth.Max:f2} m, median {depth.Median:f2} m")),
            ("focal length", string.Create(CultureInfo.InvariantCulture, $"{depth.FocalLengthPixels:f0} pixels ({depth.FocalLengthSource.ToText()}), field of view {depth.FieldOfViewDegrees:f1} degrees")),
            ("model", $"{network.Model}, on {network.Device}"),
        ], Pictures, Files));
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
