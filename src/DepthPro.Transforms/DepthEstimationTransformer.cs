using DepthPro.Depth;
using DepthPro.Preprocessing;
using DepthPro.Rows;
using DepthPro.Scoring;
using Microsoft.ML.Data;

namespace DepthPro;

/// <summary>Estimates metric depth of an image column; what EstimateDepth fits.</summary>
/// <remarks>
/// The network is opened when a row is first read, once for all cursors and prediction engines, and runs once per row however many outputs are
/// read. A cursor's next row is read and prepared on another thread, beside the network where that leaves a processor free (a GPU, fewer
/// <see cref="DeviceOptions.Threads"/> than there are processors), else beside what its reader does with the depth: one row and no more, in the same order, and only when the
/// columns that are read beside the outputs are read in every row and hold no images, which their makers dispose of. A pipeline loaded from a file looks for its model then: at the place that the environment variable <c>DEPTHPRO_MODEL_PATH</c> names (the
/// model, or a folder that holds it under its name), where it was when the pipeline was saved, and in the current folder; it takes only a model
/// of the saved SHA-256, and throws <see cref="FileNotFoundException"/> or <see cref="InvalidDataException"/> when there is none. Thread-safe.
/// </remarks>
public sealed class DepthEstimationTransformer : RowTransformer, IStoredTransformer<DepthEstimationTransformer>, IDisposable
{
    internal const string SavedAs = "DPRODPTH";

    private const int Image = 0, FocalLength = 1, FocalLengthFrom = 2;

    private readonly DepthEstimationOptions _options;
    private readonly ModelSource _model;
    private readonly OpenedOnce<DepthNetwork> _network;
    private readonly ImageFeatureOutputs _features;
    private readonly IDisposable? _owned;

    /// <param name="options">Columns and model.</param>
    /// <param name="owned">What is to be disposed with the transformer, such as the temporary folder of its model.</param>
    internal DepthEstimationTransformer(DepthEstimationOptions options, IDisposable? owned = null)
        : this(options, new ModelSource(options.Model)) => _owned = owned;

    private DepthEstimationTransformer(DepthEstimationOptions options, ModelSource model)
    {
        ColumnNames.Check(
            [options.InputColumnName, options.FocalLengthColumnName],
            [options.OutputColumnName, options.FieldOfViewOutputColumnName, options.FocalLengthOutputColumnName,
                options.ClassTokenOutputColumnName, options.PooledTokensOutputColumnName, options.TokenGridOutputColumnName]);
        (_options, _model) = (options, model);
        _features = new(options.ClassTokenOutputColumnName, options.PooledTokensOutputColumnName, options.TokenGridOutputColumnName, model);
        _network = new(typeof(DepthEstimationTransformer), () => model.Open(found => DepthNetwork.Open(found, options.Scoring)));
        var image = new InputColumn(options.InputColumnName ?? options.OutputColumnName, ColumnForm.Image);
        Inputs = options.FocalLengthColumnName is { } focalLength
            ? [image, new(focalLength, ColumnForm.Single, ColumnForm.SingleInVector), FocalLengthColumn.SourceOf(focalLength)]
            : [image];
    }

    static string IStoredTransformer<DepthEstimationTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    internal override bool LooksAhead => true;

    /// <summary>How often the network ran.</summary>
    internal long Runs => _network.ValueIfOpened?.Runs ?? 0;

    private protected override string Signature => SavedAs;

    static DepthEstimationTransformer IStoredTransformer<DepthEstimationTransformer>.FromJson(string json)
    {
        var saved = ModelStorage.FromJson<Saved>(json);
        return new(saved.Options, new ModelSource(saved.Model));
    }

    /// <summary>The same columns with another model, which becomes the new transformer's; this one is left as it is.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="scoring">How the network runs; null: as in this transformer.</param>
    /// <exception cref="ArgumentException">The model does not give the image features that are asked for.</exception>
    public DepthEstimationTransformer WithModel(DepthProModel model, ScoringOptions? scoring = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(_options with { Model = model, Scoring = scoring ?? _options.Scoring });
    }

    /// <summary>Frees the network, as soon as the rows that are being computed at this moment are done. Reading any data transformed by this afterwards throws
    /// <see cref="ObjectDisposedException"/>. A second call does nothing.</summary>
    public void Dispose()
    {
        _network.Dispose();
        _owned?.Dispose();
    }

    internal override void RequireModel()
    {
        _model.RequireFiles();
        if (_options.FocalLengthColumnName is null && !_model.EstimatesFieldOfView)
        {
            throw new ArgumentException($"Model '{_options.Model.Name}' does not estimate the field of view; name a focal length column, or take a model that does.");
        }
    }

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) =>
    [
        new(_options.OutputColumnName, DepthMapDataViewType.Instance),
        .. Optional.Select(output => new OutputColumn(output.Name, NumberDataViewType.Single)),
        .. _features.Columns,
    ];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var image = row.Image(Image);
        var focalLength = _options.FocalLengthColumnName is null ? () => null : FocalLengthColumn.Reader(row, FocalLength, FocalLengthFrom);
        var (prepared, prepareNext) = row.Ahead(() =>
        {
            var known = focalLength();
            return new Prepared(NetworkInput.Of(Photo.FromImage(image()), _model.InputSize), known?.Pixels, known?.Source ?? FocalLengthSource.Unknown);
        });
        var estimate = new PerRow<DepthEstimate>(row.Row, () =>
        {
            _network.ThrowIfDisposed();
            var (input, pixels, source) = prepared();
            return _network.Use(network => network.Run(input, pixels, source, prepareNext));
        });
        return new(
        [
            () => estimate.Getter(e => e.Depth),
            .. Optional.Select<(string, Func<DepthMap, float> Of), Func<Delegate>>(output => () => estimate.Getter(e => output.Of(e.Depth))),
            .. _features.Getters(estimate, e => e.Features),
        ]);
    }

    private protected override string ToJson() =>
        ModelStorage.ToJson(new Saved(_options with { Scoring = _options.Scoring with { Device = new() } }, _model.ToReference()));

    private protected override void ThrowIfDisposed() => _network.ThrowIfDisposed();

    private IEnumerable<(string Name, Func<DepthMap, float> Of)> Optional
    {
        get
        {
            if (_options.FieldOfViewOutputColumnName is { } fieldOfView) { yield return (fieldOfView, depth => depth.FieldOfViewDegrees); }
            if (_options.FocalLengthOutputColumnName is { } focalLength) { yield return (focalLength, depth => depth.FocalLengthPixels); }
        }
    }

    /// <summary>What a row's inputs come to before the network runs.</summary>
    private sealed record Prepared(NetworkInput Input, float? FocalLengthPixels, FocalLengthSource FocalLengthSource);

    private sealed record Saved(DepthEstimationOptions Options, ModelReference Model);
}
