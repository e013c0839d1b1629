using DepthPro.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class PngFiltersTests
{
    [Fact]
    public void Undoing_a_filter_gives_the_samples_back() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Rows), rows =>
    {
        foreach (var filter in Enum.GetValues<PngFilter>())
        {
            var row = new byte[rows.Samples.Length];
            PngFilters.Apply(filter, rows.Samples, rows.Above, row, rows.PixelBytes);
            PngFilters.Undo(filter, row, rows.Above, rows.PixelBytes);
            Assert.Equal(rows.Samples, row);
        }
    }));

    private static Gen<(byte[] Samples, byte[] Above, int PixelBytes)> Rows =>
        from pixelBytes in Gen.Choose(1, 8)
        from pixels in Gen.Choose(1, 9)
        from samples in Bytes(pixels * pixelBytes)
        from above in Bytes(pixels * pixelBytes)
        select (samples, above, pixelBytes);

    private static Gen<byte[]> Bytes(int count) => Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(count);
}
