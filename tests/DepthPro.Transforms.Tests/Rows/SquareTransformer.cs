using DepthPro.Rows;
using Microsoft.ML.Data;

namespace DepthPro.Transforms.Tests.Rows;

/// <summary>Adds the square and the cube of a number, and counts how often it is asked to.</summary>
internal sealed class SquareTransformer(string input = "X") : RowTransformer
{
    public const string Square = "Square", Cube = "Cube";

    public int Computed { get; private set; }

    public int Closed { get; private set; }

    internal override IReadOnlyList<InputColumn> Inputs { get; } = [new(input, ColumnForm.Single), new("Sign", ColumnForm.String) { Optional = true }];

    private protected override string Signature => "SQUARES1";

    internal override IReadOnlyList<OutputColumn> OutputsFor(IReadOnlyList<ColumnShape?> inputs) =>
        [new(Square, NumberDataViewType.Single), new(Cube, NumberDataViewType.Single)];

    internal override RowOutputs OpenRow(RowInputs row)
    {
        var x = row.Number(0);
        var powers = new PerRow<float[]>(row.Row, () =>
        {
            Computed++;
            var value = x();
            return [value * value, value * value * value];
        });
        return new([() => powers.Getter(p => p[0]), () => powers.Getter(p => p[1])], () => Closed++);
    }

    private protected override string ToJson() => "{}";
}
