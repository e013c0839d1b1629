using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Transforms.Tests.Rows;

public sealed class RowTransformerTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SquareTransformer _squares = new();

    [Fact]
    public void Computes_nothing_when_no_output_is_active()
    {
        var view = _squares.Transform(Numbers(5));
        Assert.Equal([0f, 1f, 2f, 3f, 4f], view.GetColumn<float>("X"));
        Assert.Equal(0, _squares.Computed);
    }

    [Fact]
    public void Computes_nothing_when_active_outputs_are_not_read()
    {
        var view = _squares.Transform(Numbers(5));
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            cursor.GetGetter<float>(view.Schema[SquareTransformer.Square]);
            while (cursor.MoveNext()) { }
        }
        Assert.Equal(0, _squares.Computed);
    }

    [Fact]
    public void Computes_once_per_row_however_many_outputs_are_read()
    {
        var rows = _ml.Data.CreateEnumerable<Powers>(_squares.Transform(Numbers(5)), reuseRowObject: false).ToList();
        Assert.Equal([0f, 1f, 4f, 9f, 16f], rows.Select(r => r.Square));
        Assert.Equal([0f, 1f, 8f, 27f, 64f], rows.Select(r => r.Cube));
        Assert.Equal(5, _squares.Computed);
    }

    [Fact]
    public void Needs_its_input_only_where_an_output_is_needed()
    {
        var mapper = ((ITransformer)_squares).GetRowToRowMapper(Numbers(1).Schema);
        Assert.Equal(["Name"], mapper.GetDependencies([mapper.OutputSchema["Name"]]).Select(c => c.Name));
        Assert.Equal(["X"], mapper.GetDependencies([mapper.OutputSchema[SquareTransformer.Cube]]).Select(c => c.Name));
        Assert.True(((ITransformer)_squares).IsRowToRowMapper);
    }

    [Fact]
    public void Reads_every_row_once_through_a_cursor_set()
    {
        var view = _squares.Transform(Numbers(20));
        List<float> squares = [];
        foreach (var cursor in view.GetRowCursorSet([view.Schema[SquareTransformer.Square]], 4))
        {
            using (cursor)
            {
                var get = cursor.GetGetter<float>(view.Schema[SquareTransformer.Square]);
                float square = 0;
                while (cursor.MoveNext())
                {
                    get(ref square);
                    squares.Add(square);
                }
            }
        }
        Assert.Equal(Enumerable.Range(0, 20).Select(x => (float)x * x), squares.Order());
    }

    [Fact]
    public void Shuffles_and_caches_like_its_input()
    {
        Assert.False(_squares.Transform(Numbers(20)).CanShuffle);
        var view = _squares.Transform(_ml.Data.Cache(Numbers(20)));
        var squares = view.GetColumn<float>(SquareTransformer.Square).ToList();
        Assert.True(view.CanShuffle);
        Assert.Equal(20, view.GetRowCount());
        Assert.Equal(squares, _ml.Data.ShuffleRows(view, seed: 1).GetColumn<float>(SquareTransformer.Square).Order());

        var before = _squares.Computed;
        var cached = _ml.Data.Cache(view, SquareTransformer.Square);
        Assert.Equal(squares, cached.GetColumn<float>(SquareTransformer.Square));
        Assert.Equal(squares, cached.GetColumn<float>(SquareTransformer.Square));
        Assert.Equal(before + 20, _squares.Computed);
    }

    [Fact]
    public void Closes_once_per_cursor_that_read_an_output()
    {
        var view = _squares.Transform(Numbers(3));
        _ = view.GetColumn<float>("X").Count();
        Assert.Equal(0, _squares.Closed);
        _ = view.GetColumn<float>(SquareTransformer.Cube).Count();
        Assert.Equal(1, _squares.Closed);
    }

    [Fact]
    public void Takes_two_instances_in_one_chain()
    {
        var outer = new SquareTransformer(SquareTransformer.Square);
        var rows = _ml.Data.CreateEnumerable<Powers>(outer.Transform(_squares.Transform(Numbers(4))), reuseRowObject: true).Select(r => r.Square);
        Assert.Equal([0f, 1f, 16f, 81f], rows);
        Assert.Equal(4, _squares.Computed);
    }

    [Fact]
    public void Refuses_columns_that_are_not_active_and_values_of_another_type()
    {
        var view = _squares.Transform(Numbers(1));
        var square = view.Schema[SquareTransformer.Square];
        using var without = view.GetRowCursor([]);
        Assert.Contains("'Square' is not active", Assert.Throws<InvalidOperationException>(() => without.GetGetter<float>(square)).Message, StringComparison.Ordinal);
        Assert.False(without.IsColumnActive(square));
        using var with = view.GetRowCursor([square]);
        var error = Assert.Throws<InvalidOperationException>(() => with.GetGetter<int>(square)).Message;
        Assert.Contains("'Square' is Single", error, StringComparison.Ordinal);
        Assert.Contains("asked for System.Int32", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_row_of_another_schema()
    {
        var mapper = ((ITransformer)_squares).GetRowToRowMapper(Numbers(1).Schema);
        using var row = Numbers(1).GetRowCursor([]);
        Assert.Throws<ArgumentException>(() => mapper.GetRow(row, mapper.OutputSchema));
    }

    private IDataView Numbers(int count) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(x => new Number { X = x, Name = $"{x}" }).ToList());

    private sealed class Number
    {
        public float X { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class Powers
    {
        public float Square { get; set; }

        public float Cube { get; set; }
    }
}
