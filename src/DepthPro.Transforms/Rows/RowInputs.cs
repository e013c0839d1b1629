using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>The input columns of one row or cursor; readers give the current row's value.</summary>
internal sealed class RowInputs(DataViewRow row, DataViewSchema.Column?[] columns)
{
    // Where a cursor looks ahead, what reads the inputs is ahead of the row that outputs are asked for.
    private readonly DataViewRow _read = row is LookAheadCursor cursor ? cursor.Input : row;

    /// <summary>The row that outputs are asked for.</summary>
    public DataViewRow Row => row;

    /// <summary>What gives a value that is made of the inputs alone, and what has a cursor that looks ahead make it for the next row meanwhile; elsewhere that does nothing.</summary>
    /// <param name="prepare">Makes it. A transformer that looks ahead reads its inputs here and nowhere else.</param>
    public (Func<T> Current, Action PrepareNext) Ahead<T>(Func<T> prepare)
        where T : class => row is LookAheadCursor cursor ? cursor.Ahead(prepare) : (prepare, Nothing);

    public bool Has(int input) => columns[input] is not null;

    /// <summary>The type of a present input.</summary>
    public DataViewType TypeOf(int input) => Column(input).Type;

    /// <summary>Names the column and the row in a message.</summary>
    public string Place(int input) => string.Create(CultureInfo.InvariantCulture, $"Column '{Column(input).Name}', row {_read.Position}");

    /// <summary>A name for the value of the column in this row.</summary>
    public string NameOf(int input) => string.Create(CultureInfo.InvariantCulture, $"{Column(input).Name}[{_read.Position}]");

    /// <summary>Reads a column; the last value is handed back on the next read, as ML.NET's getters expect.</summary>
    public Func<T?> Reader<T>(int input)
    {
        var getter = _read.GetGetter<T?>(Column(input));
        T? value = default;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }

    /// <summary>Reads an image, which stays its maker's: it is not disposed here, not kept and not handed on.</summary>
    public Func<MLImage> Image(int input)
    {
        var read = Reader<MLImage>(input);
        return () => read() ?? throw new InvalidDataException(
            $"{Place(input)} holds no image; expected one in every row: remove rows without a photo (for example with FilterByCustomPredicate) first.");
    }

    /// <summary>Reads the path of a file.</summary>
    public Func<string> Path(int input, string kind)
    {
        var read = Reader<ReadOnlyMemory<char>>(input);
        return () => read() is { IsEmpty: false } path
            ? path.ToString()
            : throw new InvalidDataException($"{Place(input)} is empty; expected the path of {kind}: remove rows without one first.");
    }

    /// <summary>Reads a depth map.</summary>
    public Func<DepthMap> Depth(int input)
    {
        var read = Reader<DepthMap>(input);
        return () => read() ?? throw new InvalidDataException(
            $"{Place(input)} holds no depth map; expected one in every row: remove rows without one (for example with FilterByCustomPredicate) first.");
    }

    /// <summary>Reads a number, bare or in a vector of one.</summary>
    public Func<float> Number(int input)
    {
        if (TypeOf(input) is not VectorDataViewType) { return Reader<float>(input); }
        var read = Reader<VBuffer<float>>(input);
        return () => read().GetItemOrDefault(0);
    }

    /// <summary>Reads a vector with all its zeros.</summary>
    public Func<ReadOnlyMemory<T>> Vector<T>(int input)
    {
        var read = Reader<VBuffer<T>>(input);
        var dense = Array.Empty<T>();
        return () =>
        {
            var buffer = read();
            if (dense.Length != buffer.Length) { dense = new T[buffer.Length]; }
            buffer.CopyTo(dense);
            return dense;
        };
    }

    private static void Nothing()
    {
    }

    private DataViewSchema.Column Column(int input) => columns[input] ?? throw new InvalidOperationException($"Optional input {input} is absent.");
}
