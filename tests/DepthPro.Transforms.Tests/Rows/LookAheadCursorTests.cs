using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Transforms.Tests.Rows;

public sealed class LookAheadCursorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Moment = TimeSpan.FromMilliseconds(50);

    private readonly SlowSquareTransformer _squares = new();

    [Theory]
    [InlineData(SlowSquareTransformer.Square)]
    [InlineData("X", SlowSquareTransformer.Square)]
    [InlineData(SlowSquareTransformer.Square, "X", "Name", "Values")]
    [InlineData("Name", SlowSquareTransformer.Square, "Values", "Values")]
    public void Gives_what_it_gives_without_looking_ahead(params string[] columns)
    {
        var expected = Read(new SlowSquareTransformer(looksAhead: false).Transform(new WatchedDataView(7)), columns);
        Assert.Equal(7, expected.Count);
        Assert.Equal(expected, Read(_squares.Transform(new WatchedDataView(7)), columns));
        Assert.Equal((7, 7), (_squares.Prepared, _squares.Computed));
    }

    [Fact]
    public void Prepares_the_next_row_while_the_reader_computes()
    {
        SlowSquareTransformer? squares = null;
        squares = new() { Before = x => Assert.True(SpinWait.SpinUntil(() => squares?.Prepared > Math.Min(x + 1, 4), Patience), $"Row {x + 1} was not prepared while row {x} was computed.") };
        Assert.Equal([0f, 1f, 4f, 9f, 16f], squares.Transform(new WatchedDataView(5)).GetColumn<float>(SlowSquareTransformer.Square));
    }

    [Fact]
    public void Goes_one_row_ahead_and_no_further()
    {
        var data = new WatchedDataView(9);
        using var reader = new Reader(_squares, data);
        for (var row = 0; row < 3; row++)
        {
            Assert.True(reader.Cursor.MoveNext());
            Assert.Equal(row * row, reader.Square());
            Assert.True(SpinWait.SpinUntil(() => _squares.Prepared == row + 2, Patience));
            Thread.Sleep(Moment);
            Assert.Equal((row + 2, row + 2, row), (data.Moves, data.XReads, reader.Cursor.Position));
        }
    }

    [Fact]
    public void Reads_nothing_ahead_of_rows_whose_outputs_are_not_read()
    {
        var data = new WatchedDataView(4);
        using (var reader = new Reader(_squares, data))
        {
            for (var row = 1; row <= 4; row++)
            {
                Assert.True(reader.Cursor.MoveNext());
                Thread.Sleep(Moment);
                Assert.Equal((row, 0), (data.Moves, data.XReads));
            }
            Assert.False(reader.Cursor.MoveNext());
        }
        Assert.Equal((0, 0), (_squares.Prepared, _squares.Computed));
    }

    [Fact]
    public void Computes_only_the_rows_that_are_read()
    {
        using var reader = new Reader(_squares, new WatchedDataView(6));
        for (var row = 0; reader.Cursor.MoveNext(); row++)
        {
            if (row % 3 == 0) { Assert.Equal(row * row, reader.Square()); }
        }
        Assert.Equal(2, _squares.Computed);
    }

    [Fact]
    public void Leaves_a_column_that_is_not_read_unread()
    {
        var data = new WatchedDataView(5);
        using var reader = new Reader(_squares, data, WatchedDataView.Name);
        Assert.True(reader.Cursor.MoveNext());
        reader.Square();
        Thread.Sleep(Moment);
        Assert.Equal(1, data.Moves);
        Assert.Equal("row 0", reader.Name());
        Assert.True(reader.Cursor.MoveNext());
        reader.Square();
        Assert.True(SpinWait.SpinUntil(() => data.Moves == 3, Patience));
        Assert.Equal("row 1", reader.Name());
    }

    [Fact]
    public void Leaves_images_to_their_maker_and_reads_nothing_ahead_beside_them()
    {
        using var image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, [1, 2, 3, 255]);
        var data = new WatchedDataView(3) { Image = image };
        using (var reader = new Reader(_squares, data, WatchedDataView.Picture))
        {
            var get = reader.Cursor.GetGetter<MLImage?>(reader.Cursor.Schema[WatchedDataView.Picture]);
            MLImage? got = null;
            for (var row = 1; reader.Cursor.MoveNext(); row++)
            {
                get(ref got);
                reader.Square();
                Assert.Same(image, got);
                Assert.Equal(row, data.Moves);
            }
        }
        Assert.Equal(1, image.Width);
    }

    [Fact]
    public void Throws_what_a_row_throws_when_that_row_is_read()
    {
        var data = new WatchedDataView(4) { BeforeX = row => { if (row == 2) { throw new InvalidDataException("no photo"); } } };
        using var reader = new Reader(_squares, data, WatchedDataView.Name);
        for (var row = 0; row < 4; row++)
        {
            Assert.True(reader.Cursor.MoveNext());
            Assert.Equal($"row {row}", reader.Name());
            if (row == 2) { Assert.Equal("no photo", Assert.Throws<InvalidDataException>(() => reader.Square()).Message); }
            else { Assert.Equal(row * row, reader.Square()); }
        }
        Assert.False(reader.Cursor.MoveNext());
    }

    [Fact]
    public void Tries_a_row_that_failed_again_on_another_read()
    {
        var fails = true;
        var data = new WatchedDataView(3) { BeforeX = row => { if (row == 1 && fails) { throw new IOException("away"); } } };
        using var reader = new Reader(_squares, data);
        reader.Cursor.MoveNext();
        reader.Square();
        reader.Cursor.MoveNext();
        Assert.Throws<IOException>(() => reader.Square());
        Assert.Throws<IOException>(() => reader.Square());
        fails = false;
        Assert.Equal(1, reader.Square());
        Assert.True(reader.Cursor.MoveNext());
        Assert.Equal(4, reader.Square());
    }

    [Fact]
    public void Throws_at_MoveNext_what_the_input_throws_there()
    {
        var data = new WatchedDataView(4) { BeforeMove = row => { if (row == 2) { throw new IOException("torn"); } } };
        using var reader = new Reader(_squares, data);
        for (var row = 0; row < 2; row++)
        {
            Assert.True(reader.Cursor.MoveNext());
            Assert.Equal(row * row, reader.Square());
        }
        Assert.Equal("torn", Assert.Throws<IOException>(() => reader.Cursor.MoveNext()).Message);
    }

    [Fact]
    public async Task Waits_for_the_row_ahead_when_disposed_and_disposes_the_input_once()
    {
        using ManualResetEventSlim reached = new(), open = new();
        var data = new WatchedDataView(9) { BeforeX = row => { if (row == 1) { reached.Set(); Assert.True(open.Wait(Patience)); } } };
        var reader = new Reader(_squares, data);
        Assert.True(reader.Cursor.MoveNext());
        Assert.Equal(0, reader.Square());
        Assert.True(reached.Wait(Patience));
        var disposing = Task.Run(reader.Dispose);
        await Task.Delay(Moment);
        Assert.False(disposing.IsCompleted);
        Assert.Equal(0, data.Disposed);
        open.Set();
        await disposing.WaitAsync(Patience);
        reader.Dispose();
        await Task.Delay(Moment);
        Assert.Equal((1, 2), (data.Disposed, data.Moves));
    }

    [Fact]
    public void Is_disposed_in_peace_after_a_row_ahead_failed()
    {
        var data = new WatchedDataView(4) { BeforeMove = row => { if (row == 1) { throw new IOException("torn"); } } };
        var reader = new Reader(_squares, data);
        reader.Cursor.MoveNext();
        reader.Square();
        reader.Dispose();
        Assert.Equal(1, data.Disposed);
    }

    [Fact]
    public void Refuses_values_of_another_type()
    {
        using var reader = new Reader(_squares, new WatchedDataView(1), WatchedDataView.Name);
        var error = Assert.Throws<InvalidOperationException>(() => reader.Cursor.GetGetter<int>(reader.Cursor.Schema[WatchedDataView.Name])).Message;
        Assert.Contains("'Name' is String", error, StringComparison.Ordinal);
        Assert.Contains("asked for System.Int32", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Prediction_rows_are_computed_as_they_are_read()
    {
        var data = new WatchedDataView(2);
        var mapper = ((ITransformer)_squares).GetRowToRowMapper(data.Schema);
        using var input = data.GetRowCursor(data.Schema);
        using var row = mapper.GetRow(input, mapper.OutputSchema);
        var get = row.GetGetter<float>(mapper.OutputSchema[SlowSquareTransformer.Square]);
        float square = 0;
        input.MoveNext();
        get(ref square);
        Thread.Sleep(Moment);
        Assert.Equal((1, 1), (data.Moves, data.XReads));
    }

    /// <summary>Each row as text: position, batch, id and the columns, read in the order given.</summary>
    private static List<string> Read(IDataView view, string[] columns)
    {
        using var cursor = view.GetRowCursor(columns.Select(name => view.Schema[name]));
        Func<string>[] read = [.. columns.Select(name => view.Schema[name].Type switch
        {
            VectorDataViewType => Text(cursor.GetGetter<VBuffer<float>>(view.Schema[name]), v => string.Join(' ', v.DenseValues())),
            TextDataViewType => Text(cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema[name]), v => v.ToString()),
            _ => Text(cursor.GetGetter<float>(view.Schema[name]), v => v.ToString(CultureInfo.InvariantCulture)),
        })];
        var id = Text(cursor.GetIdGetter(), v => v.ToString());
        List<string> rows = [];
        while (cursor.MoveNext()) { rows.Add(string.Join(", ", [.. read.Select(r => r()), $"{cursor.Position}", $"{cursor.Batch}", id()])); }
        Assert.Equal(-1, cursor.Position);
        return rows;
    }

    private static Func<string> Text<T>(ValueGetter<T> get, Func<T, string> text)
    {
        var value = new T[1];
        return () =>
        {
            get(ref value[0]);
            return text(value[0]);
        };
    }

    /// <summary>A cursor over the square and one column besides.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly ValueGetter<float> _square;

        public Reader(SlowSquareTransformer squares, WatchedDataView data, params string[] besides)
        {
            var view = squares.Transform(data);
            var square = view.Schema[SlowSquareTransformer.Square];
            Cursor = view.GetRowCursor([square, .. besides.Select(name => view.Schema[name])]);
            _square = Cursor.GetGetter<float>(square);
        }

        public DataViewRowCursor Cursor { get; }

        public float Square()
        {
            float value = 0;
            _square(ref value);
            return value;
        }

        public string Name() => Text(Cursor.GetGetter<ReadOnlyMemory<char>>(Cursor.Schema[WatchedDataView.Name]), name => name.ToString())();

        public void Dispose() => Cursor.Dispose();
    }
}
