using DepthPro.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Transforms.Tests.Rows;

public sealed class InputColumnTests
{
    public static TheoryData<string, string> Mismatches { get; } = new()
    {
        { "Image", "Schema mismatch for input column 'Text': expected Image, got String" },
        { "Single", "Schema mismatch for input column 'Wide': expected Single, got Vector<Single, 3, 8, 8>" },
        { "Planes", "Schema mismatch for input column 'Wide': expected Vector<Single, 3, 16, 16>, got Vector<Single, 3, 8, 8>" },
        { "Varying", "Schema mismatch for input column 'Varying': expected Vector<Single, 3, 16, 16>, got Vector<Single>" },
        { "Either", "Schema mismatch for input column 'Number': expected String or Vector<Byte>, got Single" },
        { "Missing", "Could not find input column 'Missing'" },
    };

    [Theory]
    [MemberData(nameof(Mismatches))]
    public void Says_what_it_expected_and_got(string column, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Column(column).FindIn(Schema()));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_leading_ones_for_nothing() => Assert.NotNull(new InputColumn("Batch", ColumnForm.Singles(16, 16)).FindIn(Schema()));

    [Fact]
    public void Takes_a_number_in_a_vector() => Assert.NotNull(new InputColumn("One", ColumnForm.Single, ColumnForm.SingleInVector).FindIn(Schema()));

    [Fact]
    public void Lets_an_optional_column_be_absent_but_not_wrong()
    {
        Assert.Null(new InputColumn("Missing", ColumnForm.String) { Optional = true }.FindIn(Schema()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputColumn("Number", ColumnForm.String) { Optional = true }.FindIn(Schema()));
    }

    private static InputColumn Column(string kind) => kind switch
    {
        "Image" => new("Text", ColumnForm.Image),
        "Single" => new("Wide", ColumnForm.Single),
        "Planes" => new("Wide", ColumnForm.Singles(3, 16, 16)),
        "Varying" => new("Varying", ColumnForm.Singles(3, 16, 16)),
        "Either" => new("Number", ColumnForm.String, ColumnForm.Bytes),
        _ => new("Missing", ColumnForm.Image),
    };

    private static DataViewSchema Schema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Text", TextDataViewType.Instance, annotations: null);
        builder.AddColumn("Picture", new ImageDataViewType(3, 4), annotations: null);
        builder.AddColumn("Number", NumberDataViewType.Single, annotations: null);
        builder.AddColumn("Wide", new VectorDataViewType(NumberDataViewType.Single, 3, 8, 8), annotations: null);
        builder.AddColumn("Varying", new VectorDataViewType(NumberDataViewType.Single), annotations: null);
        builder.AddColumn("Batch", new VectorDataViewType(NumberDataViewType.Single, 1, 1, 16, 16), annotations: null);
        builder.AddColumn("One", new VectorDataViewType(NumberDataViewType.Single, 1, 1), annotations: null);
        return builder.ToSchema();
    }
}
