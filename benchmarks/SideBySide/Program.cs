using System.CommandLine;
using System.Runtime.InteropServices;
using DepthPro;
using DepthPro.Preprocessing;
using DepthPro.SideBySide;

if (args is [Contestants.RunCommand, var name, var modelPath, var input, var output, var threadCount, .. var providerOptions])
{
    Contestants.Run(name, modelPath, input, output, int.Parse(threadCount, System.Globalization.CultureInfo.InvariantCulture), providerOptions);
    return 0;
}

var photo = new Argument<string>("photo") { Description = "The photo." };
var folder = new Option<string>("--folder") { Description = "Where to put the network in all its forms (some 20 GB at full size); kept for the next run.", Required = true };
var fullSize = new Option<bool>("--full-size") { Description = "The published sizes, with weights from a formula, instead of the demo model." };
var rounds = new Option<int>("--rounds") { Description = "How often each contestant runs.", DefaultValueFactory = _ => 3 };
var threads = new Option<int>("--threads") { Description = "Threads of each.", DefaultValueFactory = _ => Environment.ProcessorCount };
var only = new Option<string[]>("--only") { Description = "These contestants, the first of which the others are compared with.", AllowMultipleArgumentsPerToken = true };
var pytorch = new Option<string>("--pytorch") { Description = "Folders to import the reference from, joined by ':': ml-depth-pro's src, and timm 0.9. Full size only." };
var python = new Option<string>("--python") { Description = "A Python with PyTorch.", DefaultValueFactory = _ => "python3" };
var cuda = new Option<bool>("--cuda") { Description = "On a CUDA device: those of this project and PyTorch, beside fp32 on the CPU." };
var providerOption = new Option<string[]>("--provider-option") { Description = "name=value for ONNX Runtime's CUDA provider, such as prefer_nhwc=1; as often as there are options." };
var command = new RootCommand("The network in this project and in other runtimes, in turns on the same input and weights.") { photo, folder, fullSize, rounds, threads, only, pytorch, python, cuda, providerOption };
command.SetAction(parsed =>
{
    var root = Path.GetFullPath(parsed.GetRequiredValue(folder));
    var models = new NetworkModels(root, parsed.GetValue(fullSize));
    var pixels = new float[3 * models.Config.InputSize * models.Config.InputSize];
    DepthInput.Prepare(Photo.FromFile(parsed.GetRequiredValue(photo)), models.Config.InputSize, pixels);
    var inputPath = Path.Combine(root, "input.f32");
    File.WriteAllBytes(inputPath, MemoryMarshal.AsBytes<float>(pixels).ToArray());
    var contestants = new Contestants(models, inputPath, parsed.GetValue(threads), parsed.GetValue(fullSize) ? parsed.GetValue(pytorch) : null, parsed.GetValue(python) ?? "");
    var all = (parsed.GetValue(cuda) ? contestants.OnCuda(parsed.GetValue(providerOption) ?? []) : contestants.OnCpu()).ToList();
    var chosen = parsed.GetValue(only) is { Length: > 0 } names
        ? names.Select(n => all.Find(c => c.Name == n) ?? throw new ArgumentException($"No contestant '{n}'; there are {string.Join(", ", all.Select(c => c.Name))}.")).ToList()
        : all;
    return new NetworkComparison(chosen, root, models.Config).Run(parsed.GetValue(rounds)) ? 0 : 1;
});
var onnxFile = new Argument<string>("onnx") { Description = "An .onnx file: a part of a model folder, or a whole network." };
var images = new Option<int>("--images") { Description = "Patches at a time, for a patch encoder.", DefaultValueFactory = _ => 1 };
var nodes = new Option<int>("--nodes") { Description = "How many of the costliest nodes to name." };
var profile = new Command("profile", "Where the time of an .onnx file goes, by operator.") { onnxFile, images, nodes, threads, cuda, providerOption };
profile.SetAction(parsed => OperatorProfile.Print(parsed.GetRequiredValue(onnxFile), parsed.GetValue(images), parsed.GetValue(threads), parsed.GetValue(nodes),
    parsed.GetValue(cuda) ? Contestants.Options(["use_tf32=0", .. parsed.GetValue(providerOption) ?? []]) : null));
command.Subcommands.Add(profile);
var sizes = new Option<double[]>("--megapixels") { Description = "Sizes that the photo is scaled to.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0.3, 1, 4, 12, 24, 50] };
var besidePython = new Option<bool>("--beside-python") { Description = "Only the first of the sizes, in turns with the same steps in Python." };
var stages = new Command("stages", "Times of the stages around the network at its published size, from a photo file to a written .npy.") { photo, folder, sizes, besidePython, rounds, python };
stages.SetAction(parsed =>
{
    var root = Directory.CreateDirectory(parsed.GetRequiredValue(folder)).FullName;
    var times = new StageTimes(parsed.GetRequiredValue(photo), root);
    var megapixels = parsed.GetRequiredValue(sizes);
    if (parsed.GetValue(besidePython)) { times.PrintBesidePython(megapixels[0], parsed.GetValue(rounds), parsed.GetValue(python) ?? ""); }
    else { times.PrintSizes(megapixels); }
});
command.Subcommands.Add(stages);
var files = new Argument<string[]>("photos") { Description = "Photos, taken again and again up to the count.", Arity = ArgumentArity.OneOrMore };
var count = new Option<int>("--count") { Description = "How many photos.", DefaultValueFactory = _ => 200 };
var modelFolder = new Option<string>("--model") { Description = "A model instead of the demo model." };
var draw = new Option<bool>("--draw") { Description = "Each depth map is drawn, as work that is done with depth." };
var pipeline = new Command("pipeline", "An ML.NET pipeline, which prepares a photo while the network runs for the one before, beside a plain loop.") { files, count, modelFolder, rounds, threads, draw };
pipeline.SetAction(parsed =>
{
    var given = parsed.GetRequiredValue(files);
    List<string> paths = [.. Enumerable.Range(0, parsed.GetValue(count)).Select(i => given[i % given.Length])];
    new PipelineComparison(parsed.GetValue(modelFolder) is { } path ? DepthProModel.Open(path) : DepthProModel.Demo, paths, parsed.GetValue(threads), parsed.GetValue(draw)).Run(parsed.GetValue(rounds));
});
command.Subcommands.Add(pipeline);
return command.Parse(args).Invoke();
