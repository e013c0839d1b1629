using DepthPro.Training.Data;
using DepthPro.Training.Trainers;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace DepthPro.Training;

/// <summary>Trains Depth Pro on rows of photos and depth, from nothing or from weights that have learnt before; see <c>ml.DepthEstimation.Trainers.DepthPro</c>.</summary>
/// <remarks>Immutable and thread-safe if the callbacks of its options are; two fits at once need two output folders. The log of the MLContext tells its progress.</remarks>
public sealed class DepthProTrainer : IEstimator<DepthEstimationTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly DepthProTrainerOptions _options;
    private readonly TrainingColumns _columns;
    private readonly DepthEstimationTransformer _unfitted;

    internal DepthProTrainer(IHostEnvironment environment, DepthProTrainerOptions options)
    {
        (_environment, _options, _columns) = (environment, options, options.Columns);
        _unfitted = new(options.Estimation);
        if (string.IsNullOrWhiteSpace(options.LabelColumnName)) { throw new ArgumentException("The column name of the true depth is empty; expected a name.", nameof(options)); }
        TrainerCheck.Check(options);
    }

    /// <summary>Reads all rows, trains, and makes a transformer of the trained network. Takes minutes to weeks.</summary>
    /// <param name="input">Data with image, true depth and, if it is named, focal length.</param>
    /// <returns>A new transformer, to be disposed; its model is in the output folder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message says which, expected and got.</exception>
    /// <exception cref="ArgumentException">Options do not fit the data or each other, or the output folder holds another training.</exception>
    /// <exception cref="FileNotFoundException">There is no such checkpoint to start from.</exception>
    /// <exception cref="InvalidDataException">A row cannot be used (the message names column and row), or the checkpoint is damaged or of another network.</exception>
    /// <exception cref="InvalidOperationException">The loss is no number any more; the message tells step, term and the last good state.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the output folder keeps what was learnt.</exception>
    /// <exception cref="IOException">A file cannot be written, because the disk is full for example; the ones before it are still there.</exception>
    public DepthEstimationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.FindIn(input.Schema);
        if (_options.Validation is { } validation) { _columns.FindIn(validation.Schema); }

        using var channel = _environment.Register(nameof(DepthProTrainer)).Start("Training");
        var log = new TrainingLog(channel, _options.Progress);
        var folder = new TrainingFolder(_options.OutputFolder);
        try
        {
            Train(input, folder, log);
            var model = folder.ToModel(log);
            return new(_options.Estimation with { Model = model }, folder.IsTemporary ? folder : null);
        }
        catch
        {
            if (folder.IsTemporary) { folder.Dispose(); }
            throw;
        }
    }

    /// <summary>What the schema will be after fitting and transforming.</summary>
    /// <param name="inputSchema">What is known of the data's schema.</param>
    /// <returns>The input's columns and the new one, which replaces one of the same name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message says which, expected and got.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _columns.Require(inputSchema);
        return _unfitted.GetOutputSchema(inputSchema);
    }

    private void Train(IDataView input, TrainingFolder folder, TrainingLog log)
    {
        var network = TrainerCheck.NetworkOf(_options);
        RowTrainingSet Read(IDataView rows, string name) => new(rows, _columns, (name, _options.IsMetric), network, folder.Path, log.Skipped(_options.Skipped), _options.Cancellation)
        {
            IsReal = _options.IsReal,
            Weight = _options.Weight,
        };
        using var set = Read(input, "training data");
        using var judged = _options.Validation is { } validation ? Read(validation, "validation data") : null;
        var options = TrainerCheck.TrainingOf(_options, network, set);
        log.Begin(options, set.Count, judged?.Count ?? 0, _options.Initial);
        var training = new DepthTraining(options, [set, .. _options.OtherSets], judged, judged?.Count ?? 1, _options.Initial, folder.Path);
        training.Run(log, _options.Cancellation);
        folder.IsBestWanted = training.Best is not null;
    }
}
