using System.Globalization;
using DepthPro.Network;
using DepthPro.Network.Onnx;
using DepthPro.Scoring;

namespace DepthPro.SideBySide;

/// <summary>The ways to run the network that are compared.</summary>
/// <remarks>Those of this program are processes of it, with the command that <see cref="Run"/> serves.</remarks>
internal static partial class Contestants
{
    public const string RunCommand = "run";

    private const string ApplyOnnx = "apply-onnx-model", OneStage = "fp32-one-stage";

    /// <summary>All that can run here, the first of which the others are compared with.</summary>
    public static IEnumerable<Contestant> All(NetworkModels models, string inputPath, int threads, string? pytorchPaths, string python)
    {
        var count = threads.ToString(CultureInfo.InvariantCulture);
        var side = models.Config.InputSize.ToString(CultureInfo.InvariantCulture);
        Contestant Ours(string name, bool rounds, string model)
            => new(name, rounds, output => [Environment.ProcessPath ?? "", RunCommand, name, models.Folder(model), inputPath, output, count]);

        Contestant Node(string model)
            => new($"onnxruntime-node-{model}", Rounds: false, output => ["node", Beside("onnxruntime_node.mjs"), NetworkModels.OnnxFile(models.Folder(model)), inputPath, side, output, count]) { Folder = NodePackages.Installed() };

        yield return Node(NetworkModels.PlainExport);
        yield return Node(NetworkModels.SingleFile);
        foreach (var precision in Enum.GetValues<WeightPrecision>())
        {
            var name = ModelConverter.PrecisionNames[precision];
            yield return Ours(name, rounds: precision != WeightPrecision.Float32, name);
        }
        yield return Ours(OneStage, rounds: false, "fp32");
        var genuine = false;
        HasApplyOnnxModel(ref genuine);
        if (genuine) { yield return Ours(ApplyOnnx, rounds: false, NetworkModels.SingleFile); }
        if (pytorchPaths is not null)
        {
            yield return new("pytorch", Rounds: false, output => [python, Beside("pytorch_reference.py"), pytorchPaths, models.Checkpoint, inputPath, output, count])
            {
                MostRounds = 1,
                Environment = new Dictionary<string, string> { ["OPENBLAS_NUM_THREADS"] = "1" },
            };
        }
    }

    /// <summary>What a contestant's process of this program does.</summary>
    public static void Run(string name, string modelPath, string input, string output, int threads) => Timed.Run(input, output, () =>
    {
        if (name == ApplyOnnx)
        {
            (IDisposable, Func<float[], DepthScore>)? opened = null;
            OpenApplyOnnxModel(NetworkModels.OnnxFile(modelPath), DepthProModel.Open(modelPath).InputSize, ref opened);
            return opened ?? throw new InvalidOperationException("This program was built without genuine ML.NET.");
        }
        var options = new ScoringOptions
        {
            Device = new() { Device = ExecutionDevice.Cpu, Threads = threads },
            ResidentWeights = name == OneStage ? ResidentWeights.OneStage : ResidentWeights.All,
        };
        var scorer = DepthScorer.Open(DepthProModel.Open(modelPath), options);
        return (scorer, pixels => scorer.Score(pixels));
    });

    // Of a program that is built with genuine ML.NET; in others these calls are left out.
    static partial void HasApplyOnnxModel(ref bool has);

    static partial void OpenApplyOnnxModel(string path, int side, ref (IDisposable Network, Func<float[], DepthScore> Score)? opened);

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
