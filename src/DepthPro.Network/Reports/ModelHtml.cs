using System.Globalization;

namespace DepthPro.Network.Reports;

/// <summary>What a model is, as a table.</summary>
internal static class ModelHtml
{
    public static string Of(DepthProModel model) => HtmlTable.OfFacts($"Depth Pro model {model.Name}", Facts(model));

    private static IEnumerable<(string Name, string Value)> Facts(DepthProModel model)
    {
        yield return ("from", model.Path ?? "this library (embedded)");
        yield return ("form", model.SingleFile is { } form ? $"single file, {form.Flavor}, {form.Input} → {form.Depth}, {form.Scale}" : "network in parts");
        yield return ("network input", Invariant($"{model.InputSize} × {model.InputSize} pixels"));
        yield return ("canonical inverse depth", Invariant($"{model.OutputSize} × {model.OutputSize}"));
        yield return ("field of view", model.EstimatesFieldOfView ? "estimated" : "not estimated: needs the focal length");
        if (model.Config is { } config)
        {
            yield return ("vision transformer", Invariant($"image {config.Vit.ImageSize}, patch {config.Vit.PatchSize}, width {config.Vit.Width}, depth {config.Vit.Depth}, heads {config.Vit.Heads}; decoder width {config.DecoderWidth}"));
        }
        yield return ("weights", model.Precision);
        if (model.Manifest is not { } manifest) { yield break; } // the hash of a lone ONNX file would mean to read all of it
        yield return ("SHA-256", model.Sha256);
        foreach (var file in manifest.Files) { yield return (file.Name, Invariant($"{file.Bytes:N0} bytes, SHA-256 {file.Sha256}")); }
        if (manifest is { SourceName: { } source, SourceSha256: { } hash }) { yield return ("converted from", $"{source}, SHA-256 {hash}"); }
        if (manifest.Licence is { } licence) { yield return ("licence", licence); }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
