using System.CommandLine;
using DepthPro;
using DepthPro.Training.Scenes;
using TrainingQuality;

var models = new Argument<string[]>("models") { Description = "Model folders; without any, the demo model alone.", Arity = ArgumentArity.ZeroOrMore };
var count = new Option<int>("--scenes") { Description = "Held-out scenes of each domain.", DefaultValueFactory = _ => 500 };
var table = new Command("table", "Quality of models on held-out scenes, beside a prior.") { models, count };
table.SetAction(parsed =>
{
    (string Name, DepthNetwork Network)[] networks =
        [.. (parsed.GetValue(models) ?? []).Select(path => (Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), DepthNetwork.Open(DepthProModel.Open(path)))), ("demo model", DepthNetwork.Open())];
    foreach (var (name, options) in new[] { ("plain", SceneOptions.Plain), ("wide", SceneOptions.Wide) })
    {
        QualityTable.Print(new(name, options, parsed.GetValue(count)), [Candidate.Prior(options), .. networks.Select(pair => Candidate.Of(pair.Name, pair.Network))], Console.Out);
    }
    foreach (var (_, network) in networks) { network.Dispose(); }
});

var minutes = new Option<double>("--minutes") { Description = "Of each training.", DefaultValueFactory = _ => 8 };
var steps = new Option<int?>("--steps") { Description = "Of each training, instead of minutes: all learn from as many photos, also on a machine that has other work." };
var only = new Option<string?>("--only") { Description = "The trainings whose name contains this." };
var ablations = new Command("ablations", "The demo training without one of its parts at a time.") { minutes, steps, only };
ablations.SetAction(parsed => Ablations.Run(parsed.GetValue(minutes), parsed.GetValue(steps), parsed.GetValue(only), Console.Out));

var heldOut = new Option<int>("--scenes") { Description = "Held-out scenes of the domain.", DefaultValueFactory = _ => 100 };
var fineTuning = new Command("fine-tuning", "The demo model on a domain that it does not know, before and after Fit on twenty of its scenes.") { heldOut };
fineTuning.SetAction(parsed => FineTuningTrial.Run(parsed.GetValue(heldOut), Console.Out));

var model = new Option<string?>("--model") { Description = "A model folder; the demo model if not given." };
var folder = new Option<string>("--output") { Description = "Folder for the pictures.", Required = true };
var photos = new Argument<string[]>("photos") { Description = "Photos to show beside scenes." };
var pictures = new Command("pictures", "Sheets of scenes and photos with their depth.") { photos, model, folder };
pictures.SetAction(parsed =>
{
    using var network = DepthNetwork.Open(parsed.GetValue(model) is { } path ? DepthProModel.Open(path) : null);
    PictureSheet.Write(parsed.GetValue(folder) ?? "", network, parsed.GetValue(photos) ?? []);
});

return new RootCommand("How good the project's own training is.") { table, ablations, fineTuning, pictures }.Parse(args).Invoke();
