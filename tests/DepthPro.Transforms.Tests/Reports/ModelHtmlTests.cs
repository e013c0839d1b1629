using System.Net;
using DepthPro.Network;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Reports;

public sealed class ModelHtmlTests
{
    [Fact]
    public void Tells_what_the_demo_model_is()
    {
        var (model, html) = (DepthProModel.Demo, WebUtility.HtmlDecode(DepthProModel.Demo.ToHtml()));
        foreach (var part in new[] { "Depth Pro model demo", "(embedded)", "network in parts", $">{model.InputSize} × {model.InputSize} pixels<", $">{model.OutputSize} × {model.OutputSize}<", ">fp16<", $">{model.Sha256}<", ">estimated<" })
        {
            Assert.Contains(part, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lists_a_folders_files_and_takes_no_text_for_markup()
    {
        using var folder = new TemporaryFolder();
        var manifest = new ModelManifest { Precision = "fp32", Files = [new("decoder.onnx", 1234567, "00ff")], SourceName = "a<b>.pt", SourceSha256 = "11ee", Licence = "<script>\"&" };
        File.WriteAllText(folder[ModelManifest.FileName], manifest.ToJson());

        var html = DepthProModel.Open(folder.Path).ToHtml();

        Assert.Contains(">1,234,567 bytes, SHA-256 00ff<", html, StringComparison.Ordinal);
        Assert.Contains(">a&lt;b&gt;.pt, SHA-256 11ee<", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;&quot;&amp;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }
}
