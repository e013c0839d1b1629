using System.CommandLine;
using DepthPro;
using DepthPro.Depth;
using DepthPro.FullSize;
using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Preprocessing;
using DepthPro.Scoring;
using DepthPro.Tests;

var folder = new Option<string>("--folder") { Description = "Where to put checkpoint and model, 7.6 GB; kept for the next run.", Required = true };
var precision = new Option<string>("--precision") { Description = "fp32: compare with the goldens. fp16: measure the conversion.", DefaultValueFactory = _ => "fp32" };
precision.AcceptOnlyFromAmong("fp32", "fp16");
var command = new RootCommand("Depth Pro at its full size, with weights from a formula: goldens, time and memory of each stage.") { folder, precision };
command.SetAction(parsed =>
{
    var (root, stored) = (parsed.GetValue(folder) ?? "", parsed.GetValue(precision) == "fp16" ? TensorType.Float16 : TensorType.Float32);
    Directory.CreateDirectory(root);
    FormulaWeights.Check();
    var checkpoint = Path.Combine(root, $"formula-{parsed.GetValue(precision)}.safetensors");
    if (!File.Exists(checkpoint)) { StageClock.Measure("generate", () => SafetensorsWriter.Write(checkpoint, FormulaWeights.Tensors(stored), FormulaWeights.Read)); }
    return stored == TensorType.Float16 ? ConversionTime.Measure(checkpoint, root) : CompareGoldens(checkpoint, Path.Combine(root, "model"));
});
return command.Parse(args).Invoke();

static int CompareGoldens(string checkpoint, string modelFolder)
{
    var model = Directory.Exists(modelFolder) ? DepthProModel.Open(modelFolder) : StageClock.Measure("convert", () => ModelConverter.Convert(checkpoint, modelFolder));
    var index = Goldens.Json(FormulaWeights.Folder, "index.json");
    double Number(string name) => index.GetProperty(name).GetDouble();
    var photo = Photo.FromFile(Goldens.PathOf(FormulaWeights.Folder, $"{index.GetProperty("image").GetString()}"));
    var input = new float[3 * model.InputSize * model.InputSize];
    DepthInput.Prepare(photo, model.InputSize, input);
    var report = new GoldenReport();

    using (StageClock.FollowScoring())
    using (var scorer = StageClock.Measure("open", () => DepthScorer.Open(model)))
    {
        var score = scorer.Score(input);
        DepthMap Metric(float focalLength, FocalLengthSource source) => MetricDepth.FromInverseDepth(score.InverseDepth, model.OutputSize, photo.Width, photo.Height, focalLength, source);
        var estimated = StageClock.Measure("metric depth", () => Metric(FocalLength.FromFieldOfView(score.FieldOfViewDegrees, photo.Width), FocalLengthSource.Estimated));

        report.Tensor("canonical_inverse_depth", score.InverseDepth);
        var every16th = Enumerable.Range(0, score.InverseDepth.Length).Where(i => i / model.OutputSize % 16 == 0 && i % model.OutputSize % 16 == 0);
        report.Tensor("canonical_inverse_depth_s16", every16th.Select(i => score.InverseDepth[i]).ToArray());
        // The field of view is its calibrated bias and a small rest, which is what the network computes.
        report.Number("field of view less its bias", score.FieldOfViewDegrees - Number("fov_head4_bias"), Number("fov_deg") - Number("fov_head4_bias"), 1e-5);
        report.Number("focal length (relative)", estimated.FocalLengthPixels / Number("focallength_px"), 1, 1e-6);
        report.Depth("depth_estimated_fpx", estimated);
        report.Depth("depth_fpx250", Metric((float)Number("given_f_px"), FocalLengthSource.Given));
    }
    new StageGoldens(model, report).Compare(input);
    Console.WriteLine($"{report.Count.Compared - report.Count.Failed} of {report.Count.Compared} goldens agree.");
    return report.Count.Failed == 0 ? 0 : 1;
}
