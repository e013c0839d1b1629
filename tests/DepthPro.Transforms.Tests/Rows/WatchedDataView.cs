using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Transforms.Tests.Rows;

/// <summary>Rows 0, 1, 2, … whose cursors tell what is done with them, fail where told to, and refuse to be used by two threads at once.</summary>
internal sealed class WatchedDataView(int rows) : IDataView
{
    public const string X = "X", Name = "Name", Values = "Values", Picture = "Picture";

    private int _moves, _disposed, _xReads;

    public int Moves => Volatile.Read(ref _moves);

    public int Disposed => Volatile.Read(ref _disposed);

    public int XReads => Volatile.Read(ref _xReads);

    /// <summary>Called with the row before its X is given.</summary>
    public Action<long> BeforeX { get; init; } = _ => { };

    /// <summary>Called with the row before the cursor moves to it.</summary>
    public Action<long> BeforeMove { get; init; } = _ => { };

    /// <summary>What every row of the image column holds.</summary>
    public MLImage? Image { get; init; }

    public DataViewSchema Schema { get; } = MakeSchema();

    public bool CanShuffle => false;

    public long? GetRowCount() => rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, rows, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private static DataViewSchema MakeSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(X, NumberDataViewType.Single);
        builder.AddColumn(Name, TextDataViewType.Instance);
        builder.AddColumn(Values, new VectorDataViewType(NumberDataViewType.Single, 2));
        builder.AddColumn(Picture, new ImageDataViewType());
        return builder.ToSchema();
    }

    private sealed class Cursor(WatchedDataView data, int rows, HashSet<int> active) : DataViewRowCursor
    {
        private long _position = -1;
        private int _users;

        public override DataViewSchema Schema => data.Schema;

        public override long Position => _position;

        public override long Batch => _position / 2;

        public override bool MoveNext() => Alone(() =>
        {
            data.BeforeMove(_position + 1);
            Interlocked.Increment(ref data._moves);
            _position = _position + 1 < rows ? _position + 1 : -1;
            return _position >= 0;
        });

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position + 100, 0);

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Name switch
            {
                X => new ValueGetter<float>((ref float value) => value = Alone(() =>
                {
                    Interlocked.Increment(ref data._xReads);
                    data.BeforeX(_position);
                    return (float)_position;
                })),
                Name => new ValueGetter<ReadOnlyMemory<char>>((ref ReadOnlyMemory<char> value) => value = $"row {_position}".AsMemory()),
                Values => new ValueGetter<VBuffer<float>>((ref VBuffer<float> value) => value = new(2, [_position, -_position])),
                _ => new ValueGetter<MLImage?>((ref MLImage? value) => value = data.Image),
            };
            return (ValueGetter<TValue>)getter;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) { Interlocked.Increment(ref data._disposed); }
            base.Dispose(disposing);
        }

        private T Alone<T>(Func<T> use)
        {
            Assert.Equal(1, Interlocked.Increment(ref _users));
            try
            {
                return use();
            }
            finally
            {
                Interlocked.Decrement(ref _users);
            }
        }
    }
}
