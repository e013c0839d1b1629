using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Training.Scenes.Rows;

/// <summary>Scenes as rows, rendered as they are read. Thread-safe; its cursors are not.</summary>
internal sealed class SceneDataView : IDataView
{
    private readonly SceneLoadingOptions _options;

    public SceneDataView(SceneLoadingOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Height);
        SceneOptionsCheck.Check(options.Scenes);
        string[] names = [options.ImageColumnName, options.DepthColumnName, options.FocalLengthColumnName];
        if (names.Any(string.IsNullOrEmpty) || names.Distinct().Count() < names.Length)
        {
            throw new ArgumentException($"LoadScenes: the columns are named '{string.Join("', '", names)}'; expected three different names.", nameof(options));
        }
        _options = options;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(options.ImageColumnName, new ImageDataViewType(options.Height, options.Width));
        builder.AddColumn(options.DepthColumnName, DepthMapDataViewType.Instance);
        builder.AddColumn(options.FocalLengthColumnName, NumberDataViewType.Single);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => _options.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        GetRowCursorSet(columnsNeeded, 1, rand)[0];

    /// <summary>The n-th cursor has every n-th row, so that all end at about the same time.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        var active = new bool[Schema.Count];
        foreach (var column in columnsNeeded) { active[column.Index] = true; }
        int[] order = [.. Enumerable.Range(0, _options.Count)];
        rand?.Shuffle(order);
        return [.. Enumerable.Range(0, n).Select(part => new SceneCursor(this, _options, active, order, part, n))];
    }
}
