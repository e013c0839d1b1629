using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DepthPro.Cli;

/// <summary>An evaluation as one JSON object: metrics that were not computed are absent, undefined ones null.</summary>
internal static class EvaluationJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(EvaluationResults results)
    {
        var totals = results.Totals;
        var json = new JsonObject { ["images"] = totals.Images };
        if (!results.OfFolders)
        {
            foreach (var image in results.Images) { Add(json, image.Comparison); }
            return json.ToJsonString(Options);
        }
        Add(json, MeanOf(results));
        json["emptyImages"] = totals.Depth.Images + totals.Depth.EmptyImages > 0 ? totals.Depth.EmptyImages : totals.MaskBoundary.EmptyImages;
        json["perImage"] = new JsonArray([.. results.Images.Select(Image)]);
        if (results.Images.Any(image => image.Comparison.Depth is not null))
        {
            var pooled = new JsonObject();
            Add(pooled, new() { Depth = totals.PooledDepth });
            json["pooled"] = pooled;
        }
        json["skipped"] = new JsonArray([.. results.Skipped.Select(file => new JsonObject { ["file"] = file.Path, ["reason"] = file.Reason })]);
        return json.ToJsonString(Options);
    }

    /// <summary>The means over images, of the groups that were computed.</summary>
    public static DepthComparison MeanOf(EvaluationResults results) => new()
    {
        Depth = results.Images.Any(image => image.Comparison.Depth is not null) ? results.Totals.Depth.Mean : null,
        Boundary = results.Images.Any(image => image.Comparison.Boundary is not null) ? results.Totals.Boundary.Mean : null,
        MaskBoundary = results.Images.Any(image => image.Comparison.MaskBoundary is not null) ? results.Totals.MaskBoundary.Mean : null,
    };

    private static JsonObject Image(EvaluatedPair image)
    {
        var json = new JsonObject { ["name"] = image.Pair.Name, ["predicted"] = image.Pair.Predicted };
        foreach (var (key, path) in new[] { ("truth", image.Pair.Truth), ("mask", image.Pair.Mask), ("validMask", image.Pair.ValidMask) }) { if (path is not null) { json[key] = path; } }
        Add(json, image.Comparison);
        return json;
    }

    private static void Add(JsonObject json, DepthComparison comparison)
    {
        json["validPixels"] = comparison.ValidPixels;
        foreach (var metric in EvaluationMetric.All)
        {
            if (metric.Of(comparison) is { } value) { json[metric.Name] = double.IsFinite(value) ? JsonValue.Create(value) : null; }
        }
    }
}
