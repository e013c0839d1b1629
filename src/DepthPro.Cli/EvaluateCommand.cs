using System.CommandLine;

namespace DepthPro.Cli;

/// <summary>Depth files against the truth: a table, JSON, a report.</summary>
internal static class EvaluateCommand
{
    private const string ReportName = "index.html";

    private static readonly Dictionary<string, DepthAlignment> Alignments = new()
    {
        ["none"] = DepthAlignment.None,
        ["median"] = DepthAlignment.Median,
        ["affine"] = DepthAlignment.Affine,
        ["affine-inverse"] = DepthAlignment.AffineInverse,
    };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var files = string.Join(", ", DepthFile.Extensions);
        var predicted = new Option<string>("--predicted") { Description = $"Predicted depth: a file ({files}), or a folder of them.", Required = true };
        var truth = new Option<string?>("--truth") { Description = "True depth: a file, or a folder whose files are paired with the predictions by their stems." };
        var mask = new Option<string?>("--mask") { Description = "Objects' mattes for the mask boundary recall: file or folder." };
        var validMask = new Option<string?>("--valid-mask") { Description = "Which pixels of the truth count for the standard metrics: file or folder; 0 does not count." };
        var preset = new Option<string?>("--preset") { Description = $"Depth range of a data set in the paper: {string.Join(", ", EvaluationPreset.All.Select(p => p.Name))}." };
        preset.AcceptOnlyFromAmong([.. EvaluationPreset.All.Select(p => p.Name)]);
        var minDepth = new Option<float?>("--min-depth") { Description = "Smallest true depth that counts, metres; 0.0001 if neither this nor a preset is given." };
        var maxDepth = new Option<float?>("--max-depth") { Description = "Largest true depth that counts, metres; 10000 if neither this nor a preset is given." };
        var align = new Option<string>("--align") { Description = "What predictions are forgiven: none, median (scale), affine (scale and shift of depth), affine-inverse (of inverse depth).", DefaultValueFactory = _ => "none" };
        align.AcceptOnlyFromAmong([.. Alignments.Keys]);
        var depthScale = new Option<double>("--depth-scale") { Description = "What 1 m is in 16-bit PNG files: 1000 for millimetres, 256 for KITTI. Files named .depth16.png are in millimetres whatever this is.", DefaultValueFactory = _ => 1000 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var report = new Option<string?>("--report") { Description = $"Folder for a page about the images, {ReportName}; created if needed." };
        var photos = new Option<string?>("--photos") { Description = "The photos, shown in the report: file or folder." };
        var sort = new Option<string?>("--sort") { Description = "The metric that tables are sorted by, worst first; absRel, or maskBoundaryRecall without --truth." };
        sort.AcceptOnlyFromAmong([.. EvaluationMetric.All.Select(metric => metric.Name)]);
        depthScale.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is > 0 and < double.PositiveInfinity)) { result.AddError($"--depth-scale is {result.GetValueOrDefault<double>()}; expected a positive number: 1000 for millimetres, 256 for KITTI."); }
        });
        var command = new Command("evaluate", "Compares depth files with true depth or with objects' mattes.") { predicted, truth, mask, validMask, preset, minDepth, maxDepth, align, depthScale, json, report, photos, sort };
        command.SetAction(parsed =>
        {
            var (hasTruth, hasMask) = (parsed.GetValue(truth) is not null, parsed.GetValue(mask) is not null);
            if (!hasTruth && !hasMask) { throw new UsageException("Nothing to compare with: name --truth, --mask, or both."); }
            if (!hasTruth && parsed.GetValue(validMask) is not null) { throw new UsageException("--valid-mask limits the comparison with --truth, which is not given."); }
            if (parsed.GetValue(photos) is not null && parsed.GetValue(report) is null) { throw new UsageException("--photos are shown in the report; name its folder with --report."); }
            var options = Options(parsed.GetValue(preset), parsed.GetValue(minDepth), parsed.GetValue(maxDepth), Alignments[parsed.GetValue(align) ?? "none"]);
            var pairs = EvaluationPairs.Find(parsed.GetValue(predicted) ?? "", parsed.GetValue(truth), parsed.GetValue(mask), parsed.GetValue(validMask), parsed.GetValue(photos));
            var sortedBy = EvaluationMetric.Named(parsed.GetValue(sort) ?? (hasTruth ? "absRel" : "maskBoundaryRecall"));
            if (parsed.GetValue(report) is { } folder) { OutputFolder.Create("--report", folder); }

            var page = parsed.GetValue(report) is null ? null : new EvaluationReport($"Depth of {parsed.GetValue(predicted)}", options);
            var results = new Evaluation(options, parsed.GetValue(depthScale), page, error).Run(pairs);
            if (parsed.GetValue(json)) { output.WriteLine(EvaluationJson.Of(results)); }
            else { EvaluationTable.Write(results, sortedBy, output); }
            if (page is not null && parsed.GetValue(report) is { } where)
            {
                var path = Path.Combine(where, ReportName);
                Write(page, path, sortedBy);
                if (!parsed.GetValue(json)) { output.WriteLine($"report: {path}"); }
            }
            return results.Skipped.Count > 0 ? ExitCode.SomeInputsFailed : ExitCode.Done;
        });
        return command;
    }

    private static void Write(EvaluationReport page, string path, EvaluationMetric sortedBy)
    {
        try
        {
            page.Write(path, sortedBy);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--report '{path}' cannot be written: {exception.Message} Name a folder that can be written to.");
        }
    }

    private static DepthMetricsOptions Options(string? preset, float? minDepth, float? maxDepth, DepthAlignment alignment)
    {
        var range = preset is null ? new DepthMetricsOptions() : EvaluationPreset.Named(preset).Options;
        var options = range with { MinDepth = minDepth ?? range.MinDepth, MaxDepth = maxDepth ?? range.MaxDepth, Alignment = alignment };
        return options.MinDepth > 0 && options.MinDepth <= options.MaxDepth && float.IsFinite(options.MaxDepth)
            ? options
            : throw new UsageException($"The depth range is {options.MinDepth} to {options.MaxDepth} m; expected 0 < --min-depth <= --max-depth.");
    }
}
