namespace DepthPro.Transforms.Tests.Depth;

public sealed class FocalLengthSourceTextTests
{
    [Theory]
    [InlineData(FocalLengthSource.Unknown, "none")]
    [InlineData(FocalLengthSource.Given, "given")]
    [InlineData(FocalLengthSource.Exif35mm, "exif35mm")]
    [InlineData(FocalLengthSource.ExifFocalPlane, "exifFocalPlane")]
    [InlineData(FocalLengthSource.Estimated, "estimated")]
    [InlineData(FocalLengthSource.Locked, "locked")]
    public void Reads_what_it_writes(FocalLengthSource source, string text)
    {
        Assert.Equal(text, source.ToText());
        Assert.True(FocalLengthSourceText.TryParse(text, out var parsed));
        Assert.Equal(source, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Given")]
    [InlineData("exif")]
    public void Does_not_read_other_texts(string text) => Assert.False(FocalLengthSourceText.TryParse(text, out _));

    [Fact]
    public void Has_a_text_for_every_source_and_no_other()
    {
        Assert.All(Enum.GetValues<FocalLengthSource>(), source => Assert.NotEmpty(source.ToText()));
        Assert.Contains("Focal length source is 99", Assert.Throws<ArgumentOutOfRangeException>(() => ((FocalLengthSource)99).ToText()).Message);
    }
}
