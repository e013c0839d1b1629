using System.Diagnostics;
using System.Globalization;
using DepthPro;
using DepthPro.Network;
using DepthPro.Network.Checkpoints;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Training;

// Arguments: photos of a shard, steps, threads of a shard (0: ONNX Runtime's choice, one of several), "mae" or "stage1" (MAE and SSI-MAGE), shards.
int Argument(int index, int fallback) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
var (photos, steps, threads, stage1, shards) = (Argument(0, 1), Argument(1, 20), Argument(2, 0), args.Length > 3 && args[3] == "stage1", Argument(4, 1));

var file = Path.GetTempFileName();
DepthProModel.SaveDemoCheckpoint(file);
using var checkpoint = Checkpoint.Open(file);
var config = (ModelConverter.ConfigOf(checkpoint) ?? throw new InvalidDataException("The demo checkpoint carries no sizes.")) with { FieldOfView = false };

var graph = new Graph("training");
var (depth, _) = DepthProNetwork.Estimate(graph.Input("pixels", photos, 3, config.InputSize, config.InputSize), config, leak: 0.1f);
var losses = new DepthLossGraph(depth, graph.Input("truth", depth.Shape.ToArray()), graph.Input("valid", depth.Shape.ToArray()));
var loss = stage1 ? losses.MeanAbsoluteError() + losses.ScaleAndShiftInvariant().Mage() * 0.25f : losses.MeanAbsoluteError();
graph.Output("loss", loss);

using var session = new TrainingSession(graph, loss, [ParameterGroup.All], checkpoint.Read, device: new() { Device = ExecutionDevice.Cpu, Threads = threads }, shards: shards);
var random = new Random(1);
foreach (ref var value in session.Input("pixels")) { value = random.NextSingle() * 2 - 1; }
foreach (ref var value in session.Input("truth")) { value = random.NextSingle(); }
session.Input("valid").Fill(1);

Console.WriteLine($"{config.InputSize} x {config.InputSize}, width {config.Vit.Width}, {config.Vit.Depth} blocks, decoder {config.DecoderWidth}; {shards} x {photos} photos a step, {(stage1 ? "MAE and SSI-MAGE" : "MAE")}");
for (var warm = 0; warm < 2; warm++) { session.Step(1e-4f); }
var seconds = new double[steps];
using var process = Process.GetCurrentProcess();
var busy = process.TotalProcessorTime;
for (var step = 0; step < steps; step++)
{
    var start = Stopwatch.GetTimestamp();
    session.Step(1e-4f);
    seconds[step] = Stopwatch.GetElapsedTime(start).TotalSeconds;
}
process.Refresh();
var processor = (process.TotalProcessorTime - busy).TotalSeconds / (steps * shards * photos);
Array.Sort(seconds);
photos *= shards;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{photos / seconds[steps / 2]:f2} images/s by the median step, {photos / seconds[0]:f2} by the best; {processor:f2} s of processor time an image; at most {process.PeakWorkingSet64 >> 20} MiB; loss {session.Output("loss")[0]:R}"));
File.Delete(file);
