using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DepthPro.Depth;
using DepthPro.Network;
using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Training.Data;

/// <summary>The rows of an IDataView, which are read once. Not thread-safe.</summary>
internal sealed class RowTrainingSet : TrainingSet, IDisposable
{
    private readonly ExampleStore _store;
    private readonly NetworkConfig _config;
    private readonly ShuffledOrder _order;

    /// <summary>Reads and prepares every row.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">What to learn from.</param>
    /// <param name="kind">What messages call the set, and whether a focal length must be known; the set itself must be given the same.</param>
    /// <param name="config">The network's sizes.</param>
    /// <param name="folder">Where prepared rows go that do not fit into memory.</param>
    /// <param name="skipped">Told of each row that cannot be used, and why; null: the first one ends the reading.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="memoryBytes">Memory for prepared rows.</param>
    /// <exception cref="InvalidDataException">A row cannot be used, or no row can; the message names column and row.</exception>
    /// <exception cref="IOException">There is no room for the prepared rows.</exception>
    public RowTrainingSet(IDataView data, TrainingColumns columns, (string Name, bool IsMetric) kind, NetworkConfig config, string folder, Action<string>? skipped, CancellationToken cancellation, long memoryBytes = ExampleStore.UsualMemoryBytes)
        : base(kind.Name)
    {
        _config = config;
        _store = new(folder, config, memoryBytes);
        IsMetric = kind.IsMetric;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            string? firstReason = null;
            foreach (var (example, reason) in Prepare(data, columns, cancellation))
            {
                if (example is null)
                {
                    if (skipped is null) { throw new InvalidDataException(reason); }
                    firstReason ??= reason;
                    skipped(reason);
                    continue;
                }
                hash.AppendData(example.Rgb);
                hash.AppendData(MemoryMarshal.AsBytes(example.InverseDepth.AsSpan()));
                hash.AppendData(MemoryMarshal.AsBytes<float>([example.FieldOfViewDegrees]));
                KnowsFieldsOfView |= !float.IsNaN(example.FieldOfViewDegrees);
                _store.Add(example);
            }
            if (_store.Count == 0) { throw new InvalidDataException(firstReason is null ? $"The {Name} has no rows; expected at least one with a photo and its depth." : $"None of the rows of the {Name} can be used; the first: {firstReason}"); }
            Contents = Convert.ToHexStringLower(hash.GetCurrentHash());
        }
        catch
        {
            _store.Dispose();
            throw;
        }
        _order = new(_store.Count);
    }

    /// <summary>Whether the focal length of any row is known.</summary>
    public bool KnowsFieldsOfView { get; }

    /// <summary>Rows that can be used.</summary>
    public int Count => _store.Count;

    internal override int? Length => Count;

    internal override bool KeepsExamples => true;

    internal override string Contents { get; }

    internal override TrainingExample Draw(long number, ulong seed, NetworkConfig config) => _store[_order[number, seed]];

    public void Dispose() => _store.Dispose();

    private IEnumerable<(TrainingExample? Example, string Reason)> Prepare(IDataView data, TrainingColumns columns, CancellationToken cancellation)
    {
        var found = columns.FindIn(data.Schema);
        using var cursor = data.GetRowCursor(found.OfType<DataViewSchema.Column>());
        var row = new RowInputs(cursor, found);
        var (image, depth) = (row.Image(TrainingColumns.ImageInput), row.Depth(TrainingColumns.LabelInput));
        var focalLength = columns.FocalLength is null ? () => null : FocalLengthColumn.Reader(row, TrainingColumns.FocalLengthInput, TrainingColumns.FocalLengthFrom);
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Prepare(row, image, depth, focalLength);
        }
    }

    private (TrainingExample?, string) Prepare(RowInputs row, Func<MLImage> image, Func<DepthMap> depth, Func<(float Pixels, FocalLengthSource)?> focalLength)
    {
        Photo photo;
        DepthMap truth;
        float pixels;
        try
        {
            (photo, truth, pixels) = (Photo.FromImage(image()), depth(), focalLength()?.Pixels ?? float.NaN);
        }
        catch (InvalidDataException exception)
        {
            return (null, exception.Message); // which says where
        }
        try
        {
            return (TrainingExample.Of(photo, truth, pixels, IsMetric, _config), "");
        }
        catch (InvalidDataException exception)
        {
            return (null, $"{row.Place(TrainingColumns.LabelInput)}: {exception.Message}");
        }
    }
}
