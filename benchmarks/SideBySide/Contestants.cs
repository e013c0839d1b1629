using System.Globalization;
using DepthPro.Network;
using DepthPro.Network.Onnx;
using DepthPro.Scoring;

namespace DepthPro.SideBySide;

/// <summary>The ways to run the network that are compared.</summary>
/// <remarks>Those of this program are processes of it, with the command that <see cref="Run"/> serves.</remarks>
internal sealed partial class Contestants(NetworkModels models, string inputPath, int threads, string? pytorchPaths, string python)
{
    public const string RunCommand = "run";

    private const string ApplyOnnx = "apply-onnx-model", OneStage = "fp32-one-stage", Cuda = "cuda-", PyTorch = "pytorch", Half = "-half";

    private readonly string _threads = threads.ToString(CultureInfo.InvariantCulture);

    /// <summary>All that can run here on the CPU, the first of which the others are compared with.</summary>
    public IEnumerable<Contestant> OnCpu()
    {
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
        if (pytorchPaths is not null) { yield return Reference(PyTorch, pytorchPaths, rounds: false) with { MostRounds = 1 }; }
    }

    /// <summary>All that can run here on a CUDA device, after fp32 on the CPU, which the others are compared with.</summary>
    /// <param name="providerOptions">name=value, for ONNX Runtime's provider.</param>
    public IEnumerable<Contestant> OnCuda(IReadOnlyList<string> providerOptions)
    {
        const string Exact = "fp32", Halves = "fp16-compute";
        yield return Ours(Exact, rounds: false, Exact) with { MostRounds = 1 };
        yield return Ours(Cuda + Exact, rounds: false, Exact, providerOptions);
        yield return Ours($"{Cuda}{Exact}-tf32", rounds: true, Exact, ["use_tf32=1", .. providerOptions]);
        yield return Ours(Cuda + Halves, rounds: true, Halves, providerOptions);
        if (pytorchPaths is null) { yield break; }
        yield return Reference(Cuda + PyTorch, pytorchPaths, rounds: true); // its convolutions are of TF32
        yield return Reference(Cuda + PyTorch + Half, pytorchPaths, rounds: true);
    }

    /// <summary>A provider's options, given as name=value; of several with one name the last.</summary>
    public static Dictionary<string, string> Options(IEnumerable<string> given) => given
        .Select(option => option.Split('=', 2) is [var name, var value] ? (Name: name, Value: value) : throw new ArgumentException($"Provider option '{option}' has no value; expected name=value."))
        .GroupBy(option => option.Name).ToDictionary(group => group.Key, group => group.Last().Value);

    /// <summary>What a contestant's process of this program does.</summary>
    public static void Run(string name, string modelPath, string input, string output, int threads, IEnumerable<string> providerOptions) => Timed.Run(input, output, () =>
    {
        if (name == ApplyOnnx)
        {
            (IDisposable, Func<float[], DepthScore>)? opened = null;
            OpenApplyOnnxModel(NetworkModels.OnnxFile(modelPath), DepthProModel.Open(modelPath).InputSize, ref opened);
            return opened ?? throw new InvalidOperationException("This program was built without genuine ML.NET.");
        }
        var options = new ScoringOptions
        {
            Device = new()
            {
                Device = name.StartsWith(Cuda, StringComparison.Ordinal) ? ExecutionDevice.Cuda : ExecutionDevice.Cpu,
                Threads = threads,
                ProviderOptions = Options(providerOptions),
            },
            ResidentWeights = name == OneStage ? ResidentWeights.OneStage : ResidentWeights.All,
        };
        var scorer = DepthScorer.Open(DepthProModel.Open(modelPath), options);
        return (scorer, pixels => scorer.Score(pixels));
    });

    // Of a program that is built with genuine ML.NET; in others these calls are left out.
    static partial void HasApplyOnnxModel(ref bool has);

    static partial void OpenApplyOnnxModel(string path, int side, ref (IDisposable Network, Func<float[], DepthScore> Score)? opened);

    private Contestant Ours(string name, bool rounds, string model, params IReadOnlyList<string> providerOptions)
        => new(name, rounds, output => [Environment.ProcessPath ?? "", RunCommand, name, models.Folder(model), inputPath, output, _threads, .. providerOptions]);

    private Contestant Node(string model)
        => new($"onnxruntime-node-{model}", Rounds: false, output => ["node", Beside("onnxruntime_node.mjs"), NetworkModels.OnnxFile(models.Folder(model)), inputPath, $"{models.Config.InputSize}", output, _threads])
        {
            Folder = NodePackages.Installed(),
        };

    private Contestant Reference(string name, string paths, bool rounds)
        => new(name, rounds, output => [python, Beside("pytorch_reference.py"), paths, models.Checkpoint, inputPath, output, _threads, name.Contains(Cuda) ? "cuda" : "cpu", name.EndsWith(Half) ? "float16" : "float32"])
        {
            Environment = new Dictionary<string, string> { ["OPENBLAS_NUM_THREADS"] = "1" },
        };

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
