using DepthPro.Rows;
using Microsoft.ML.Data;

namespace DepthPro.Transforms.Tests.Rows;

/// <summary>Squares numbers, which it takes to be much work: its cursors prepare the next row beside it.</summary>
internal sealed class SlowSquareTransformer(bool looksAhead = true) : RowTransformer
{
    public const string Square = "Square";

    private int _prepared;

    public int Prepared => Volatile.Read(ref _prepared);

    public int Computed { get; private set; }

    /// <summary>Called with the number before it is squared.</summary>
    public Action<float> Before { get; init; } = _ => { };

    internal override IReadOnlyList<InputColumn> Inputs { get; } = [new("X", ColumnForm.Single)];

    internal override bool LooksAhead => looksAhead;

    private protected override string Signature => "SQUARES2";

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) => [new(Square, NumberDataViewType.Single)];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var x = row.Number(0);
        var (prepared, prepareNext) = row.Ahead<object>(() =>
        {
            var value = x();
            Interlocked.Increment(ref _prepared);
            return value;
        });
        var square = new PerRow<object>(row.Row, () =>
        {
            var value = (float)prepared();
            prepareNext();
            Computed++;
            Before(value);
            return value * value;
        });
        return new([() => square.Getter(s => (float)s)]);
    }

    private protected override string ToJson() => "{}";
}
