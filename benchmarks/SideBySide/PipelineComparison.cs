using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace DepthPro.SideBySide;

/// <summary>Photos through a pipeline, which prepares the next row while the network runs, and through a plain loop: in turns, in one process.</summary>
internal sealed class PipelineComparison(DepthProModel model, IReadOnlyList<string> paths, int threads, bool draws)
{
    private static readonly int[][] Orders = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1], [2, 0, 1], [1, 0, 2]];

    private readonly ScoringOptions _scoring = new() { Device = new() { Device = ExecutionDevice.Cpu, Threads = threads } };

    /// <summary>Prints each one's median time and how it stands to the loop's.</summary>
    public void Run(int rounds)
    {
        var ml = new MLContext();
        var data = ml.Data.LoadFromEnumerable(paths.Select(path => new Row { Path = path }));
        using var network = DepthNetwork.Open(model, _scoring);
        using var pipeline = ml.Transforms.LoadPhotos("Image", null, nameof(Row.Path), "FocalLength").Append(ml.Transforms.EstimateDepth(new()
        {
            OutputColumnName = "Depth",
            InputColumnName = "Image",
            FocalLengthColumnName = "FocalLength",
            Model = model,
            Scoring = _scoring,
        })).Fit(data);
        var view = pipeline.Transform(data);
        (string Name, Func<double> Run)[] contestants =
        [
            ("loop", () => paths.Sum(path => Sum(network.Estimate(Photo.FromFile(path))))),
            // Nothing is read ahead beside a column of images.
            ("pipeline, row by row", () => Depths(view, "Depth", "Image")),
            ("pipeline, looking ahead", () => Depths(view, "Depth")),
        ];
        var seconds = contestants.Select(_ => new List<double>()).ToList();
        var expected = contestants[0].Run();
        for (var round = -1; round < rounds; round++)
        {
            // Each in every place and after every other, for what one leaves behind slows the next; the round before the first warms up.
            foreach (var at in Orders[(round + Orders.Length) % Orders.Length])
            {
                GC.Collect();
                var watch = Stopwatch.StartNew();
                var sum = contestants[at].Run();
                if (sum != expected) { throw new InvalidOperationException($"{contestants[at].Name}: depths sum up to {sum}, the loop's to {expected}."); }
                if (round >= 0) { seconds[at].Add(watch.Elapsed.TotalSeconds); }
            }
        }
        var medians = seconds.Select(times => times.Median()).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{paths.Count} photos, {rounds} rounds, {threads} threads for the network, {Environment.ProcessorCount} processors{(draws ? ", each depth drawn" : "")}"));
        foreach (var (contestant, i) in contestants.Select((c, i) => (c, i)))
        {
            var ratio = seconds[0].Zip(seconds[i], (loop, own) => loop / own).Median();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{contestant.Name,-24} {medians[i],7:f3} s  {1000 * medians[i] / paths.Count,7:f2} ms a photo  {medians[0] / medians[i]:f3} times the loop's speed (of each round: median {ratio:f3})"));
        }
    }

    private double Depths(IDataView view, string depth, params string[] besides)
    {
        using var cursor = view.GetRowCursor([view.Schema[depth], .. besides.Select(name => view.Schema[name])]);
        var get = cursor.GetGetter<DepthMap?>(view.Schema[depth]);
        var (map, sum) = (default(DepthMap), 0.0);
        while (cursor.MoveNext())
        {
            get(ref map);
            sum += Sum(map ?? throw new InvalidOperationException("A row without a depth map."));
        }
        return sum;
    }

    // Enough to see that each photo has its depth; a picture of it stands for what is done with depth.
    private double Sum(DepthMap depth) => (draws ? DepthVisuals.Colorize(depth).Width : depth.Width) * depth.Meters[depth.Width / 2];

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }
}
