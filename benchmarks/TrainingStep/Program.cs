using System.Diagnostics;
using System.Globalization;
using DepthPro;
using DepthPro.Network;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Training;

var given = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1]);
string Option(string name, string fallback) => given.Remove(name, out var value) ? value : fallback;
int Number(string name, int fallback) => int.Parse(Option(name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
var config = ModelManifest.Read(Option("--network", "benchmarks/TrainingStep/networks/width128.json")).Network with { FieldOfView = false };
var (photos, steps, threads, stage1) = (Number("--photos", 4), Number("--steps", 10), Number("--threads", 0), Option("--loss", "mae") == "stage1");
var shards = Number("--shards", photos);
var atOnce = Number("--at-once", 0);
if (given.Count > 0) { throw new ArgumentException($"{string.Join(", ", given.Keys)}: expected --network FILE, --photos, --steps, --shards, --at-once, --threads and a number, --loss mae or stage1."); }

var graph = new Graph("training");
var (depth, _) = DepthProNetwork.Estimate(graph.Input("pixels", photos / shards, 3, config.InputSize, config.InputSize), config, leak: 0.1f);
var losses = new DepthLossGraph(depth, graph.Input("truth", depth.Shape.ToArray()), graph.Input("valid", depth.Shape.ToArray()));
var loss = stage1 ? losses.MeanAbsoluteError() + losses.ScaleAndShiftInvariant().Mage() * 0.25f : losses.MeanAbsoluteError();
graph.Output("loss", loss);

var random = new Random(1);
var parameters = graph.Parameters.ToDictionary(parameter => parameter.Path);
void Initial(string name, Span<float> values)
{
    var shape = parameters[name].CheckpointShape;
    var spread = shape.Length > 1 ? MathF.Sqrt(3f / (shape.Count / shape[0])) : 0;
    foreach (ref var value in values) { value = (name.EndsWith("gamma", StringComparison.Ordinal) || name.Contains("norm") ? 1 : 0) + (random.NextSingle() * 2 - 1) * spread; }
}
using var session = new TrainingSession(graph, loss, [ParameterGroup.All], Initial, device: new() { Device = ExecutionDevice.Cpu, Threads = threads }, shards: shards, atOnce: atOnce);
foreach (ref var value in session.Input("pixels")) { value = random.NextSingle() * 2 - 1; }
foreach (ref var value in session.Input("truth")) { value = random.NextSingle(); }
session.Input("valid").Fill(1);

for (var warm = 0; warm < 2; warm++) { session.Step(1e-4f); }
var (seconds, processor) = (new double[steps], new double[steps]);
using var process = Process.GetCurrentProcess();
TimeSpan Busy()
{
    process.Refresh();
    return process.TotalProcessorTime;
}
for (var step = 0; step < steps; step++)
{
    var (start, busy) = (Stopwatch.GetTimestamp(), Busy());
    session.Step(1e-4f);
    (seconds[step], processor[step]) = (Stopwatch.GetElapsedTime(start).TotalSeconds, (Busy() - busy).TotalSeconds);
}
Array.Sort(seconds);
Array.Sort(processor);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{photos / seconds[steps / 2]:f2} images/s by the median step, {photos / seconds[0]:f2} by the best; {processor[steps / 2] / photos:f3} s of processor time an image, {processor[0] / photos:f3} at best; {graph.Nodes.Count} nodes, {parameters.Values.Sum(p => p.Shape.Count)} weights, {shards} shards, at most {process.PeakWorkingSet64 >> 20} MiB; loss {session.Output("loss")[0]:f4}"));
