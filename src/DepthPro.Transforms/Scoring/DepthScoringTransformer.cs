using DepthPro.Rows;
using Microsoft.ML.Data;

namespace DepthPro.Scoring;

/// <summary>Runs the network on prepared input: canonical inverse depth and, where it is read, the field of view; what ScoreDepthPro fits.</summary>
/// <remarks>The network is opened when a row is first read, once for all cursors and prediction engines, and runs once per row; the field-of-view
/// encoder runs for rows that are read after its getter was made (a getter made in the middle of a row scores that row again).
/// A loaded pipeline looks for its model as <see cref="DepthEstimationTransformer"/> does. Thread-safe.</remarks>
public sealed class DepthScoringTransformer : RowTransformer, IStoredTransformer<DepthScoringTransformer>, IDisposable
{
    internal const string SavedAs = "DPROSCOR";

    private readonly DepthScoringOptions _options;
    private readonly ModelSource _model;
    private readonly OpenedOnce<DepthScorer> _scorer;
    private readonly ImageFeatureOutputs _features;

    internal DepthScoringTransformer(DepthScoringOptions options)
        : this(options, new ModelSource(options.Model))
    {
    }

    private DepthScoringTransformer(DepthScoringOptions options, ModelSource model)
    {
        ColumnNames.Check([options.InputColumnName],
            [options.OutputColumnName, options.FieldOfViewOutputColumnName, options.ClassTokenOutputColumnName, options.PooledTokensOutputColumnName, options.TokenGridOutputColumnName]);
        (_options, _model) = (options, model);
        _features = new(options.ClassTokenOutputColumnName, options.PooledTokensOutputColumnName, options.TokenGridOutputColumnName, model);
        _scorer = new(typeof(DepthScoringTransformer), () => model.Open(found => DepthScorer.Open(found, options.Scoring)));
        var networkInput = ColumnForm.Singles(3, model.InputSize, model.InputSize);
        Inputs = [new(options.InputColumnName ?? options.OutputColumnName,
            model.PatchSize == 0 ? [networkInput] : [networkInput, ColumnForm.Singles(DepthScorer.PatchCount, 3, model.PatchSize, model.PatchSize)])];
    }

    static string IStoredTransformer<DepthScoringTransformer>.StoredAs => SavedAs;

    internal override IReadOnlyList<InputColumn> Inputs { get; }

    /// <summary>How often the network ran.</summary>
    internal long Runs => _scorer.ValueIfOpened?.Runs ?? 0;

    private protected override string Signature => SavedAs;

    static DepthScoringTransformer IStoredTransformer<DepthScoringTransformer>.FromJson(string json)
    {
        var saved = ModelStorage.FromJson<Saved>(json);
        return new(saved.Options, new ModelSource(saved.Model));
    }

    /// <summary>The same columns with another model, which becomes the new transformer's; this one is left as it is.</summary>
    /// <param name="model">Any model; the input and output sizes become its own.</param>
    /// <param name="scoring">How the network runs; null: as in this transformer.</param>
    /// <exception cref="ArgumentException">The model does not give the image features that are asked for.</exception>
    public DepthScoringTransformer WithModel(DepthProModel model, ScoringOptions? scoring = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(_options with { Model = model, Scoring = scoring ?? _options.Scoring });
    }

    /// <summary>Frees the network, as soon as the rows that are being computed at this moment are done. Reading any data transformed by this afterwards throws
    /// <see cref="ObjectDisposedException"/>. A second call does nothing.</summary>
    public void Dispose() => _scorer.Dispose();

    internal override void RequireModel()
    {
        _model.RequireFiles();
        if (_options.FieldOfViewOutputColumnName is { } column && !_model.EstimatesFieldOfView)
        {
            throw new ArgumentException($"Model '{_options.Model.Name}' does not estimate the field of view; leave out the column '{column}', or take a model that does.");
        }
    }

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs)
    {
        var depth = new OutputColumn(_options.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, _model.OutputSize, _model.OutputSize));
        return [depth, .. _options.FieldOfViewOutputColumnName is { } fieldOfView ? [new(fieldOfView, NumberDataViewType.Single)] : Array.Empty<OutputColumn>(), .. _features.Columns];
    }

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var input = row.Vector<float>(0);
        var isPatches = ((VectorDataViewType)row.TypeOf(0)).Dimensions.SkipWhile(d => d == 1).First() == DepthScorer.PatchCount;
        var estimateFieldOfView = false;
        var score = new PerRow<DepthScore>(row.Row, () =>
        {
            _scorer.ThrowIfDisposed();
            var values = input();
            return _scorer.Use(scorer => isPatches ? scorer.ScorePatches(values, estimateFieldOfView) : scorer.Score(values, estimateFieldOfView));
        });
        Func<Delegate> fieldOfView = () =>
        {
            if (!estimateFieldOfView) { score.Forget(); }
            estimateFieldOfView = true;
            return score.Getter(s => s.FieldOfViewDegrees);
        };
        return new(
        [
            () => score.VectorGetter(s => s.InverseDepth),
            .. _options.FieldOfViewOutputColumnName is null ? Array.Empty<Func<Delegate>>() : [fieldOfView],
            .. _features.Getters(score, s => s.Features),
        ]);
    }

    private protected override string ToJson() =>
        ModelStorage.ToJson(new Saved(_options with { Scoring = _options.Scoring with { Device = new() } }, _model.ToReference()));

    private protected override void ThrowIfDisposed() => _scorer.ThrowIfDisposed();

    private sealed record Saved(DepthScoringOptions Options, ModelReference Model);
}
