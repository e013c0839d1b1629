using DepthPro.Tests;
using Microsoft.ML.Data;

namespace DepthPro.Transforms.Tests.Imaging;

public sealed class PhotoTests
{
    private static readonly byte[] Pixels = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];

    [Fact]
    public void From_bytes_equals_from_file()
    {
        var path = Goldens.PathOf("images", "f35_26.jpg");
        var (file, bytes) = (Photo.FromFile(path), Photo.FromBytes(File.ReadAllBytes(path), "a name"));
        Assert.Equal(file.Rgb.ToArray(), bytes.Rgb.ToArray());
        Assert.Equal((file.Width, file.Height, file.ExifFocalLengthPixels), (bytes.Width, bytes.Height, bytes.ExifFocalLengthPixels));
        Assert.Equal(("f35_26.jpg", "a name"), (file.Name, bytes.Name));
    }

    [Fact]
    public void From_pixels_copies()
    {
        byte[] pixels = [.. Pixels];
        var photo = Photo.FromPixels(2, 2, pixels, "p");
        pixels[0] = 99;
        Assert.Equal(Pixels, photo.Rgb.ToArray());
        Assert.Equal((2, 2, "p", null, FocalLengthSource.Unknown), (photo.Width, photo.Height, photo.Name, photo.ExifFocalLengthPixels, photo.ExifFocalLengthSource));
    }

    [Fact]
    public void Image_and_back_is_the_identity_and_images_are_independent()
    {
        var photo = Photo.FromPixels(2, 2, Pixels, "p");
        photo.ToImage().Dispose();
        using var image = photo.ToImage();
        Assert.Equal((2, 2, "p"), (image.Width, image.Height, image.Tag));
        var back = Photo.FromImage(image);
        Assert.Equal(Pixels, back.Rgb.ToArray());
        Assert.Equal("p", back.Name);
    }

    [Theory]
    [InlineData(MLPixelFormat.Rgba32, new byte[] { 10, 20, 30, 255 }, new byte[] { 10, 20, 30 })]
    [InlineData(MLPixelFormat.Bgra32, new byte[] { 10, 20, 30, 255 }, new byte[] { 30, 20, 10 })]
    [InlineData(MLPixelFormat.Rgba32, new byte[] { 64, 32, 128, 128 }, new byte[] { 128, 64, 255 })]
    [InlineData(MLPixelFormat.Bgra32, new byte[] { 10, 20, 30, 0 }, new byte[] { 30, 20, 10 })]
    [InlineData(MLPixelFormat.Rgba32, new byte[] { 200, 0, 1, 100 }, new byte[] { 255, 0, 3 })]
    public void From_image_orders_colours_and_takes_alpha_out(MLPixelFormat format, byte[] pixel, byte[] expected)
    {
        using var image = MLImage.CreateFromPixels(1, 1, format, pixel);
        Assert.Equal(expected, Photo.FromImage(image).Rgb.ToArray());
    }

    [Fact]
    public void Names_the_file_that_is_missing()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Photo.FromFile("no/such/photo.jpg"));
        Assert.Contains("Photo 'no/such/photo.jpg' cannot be read: there is no such file; expected an image file at", error.Message);
    }

    [Fact]
    public void Says_that_a_folder_is_no_photo() =>
        Assert.Contains("it is a folder", Assert.Throws<FileNotFoundException>(() => Photo.FromFile(Path.GetTempPath())).Message);

    [Fact]
    public void Says_what_an_undecodable_file_holds()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.jpg");
        File.WriteAllText(path, "<html>not found</html>");
        try
        {
            var error = Assert.Throws<InvalidDataException>(() => Photo.FromFile(path));
            Assert.Contains($"Photo '{path}' cannot be decoded: found 22 bytes that start with 3C68746D6C3E6E6F (text, XML or HTML); expected", error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Says_what_undecodable_bytes_hold()
    {
        var error = Assert.Throws<InvalidDataException>(() => Photo.FromBytes([1, 2, 3], "row 7"));
        Assert.Contains("Photo 'row 7' from memory cannot be decoded: found 3 bytes that start with 010203 (no known image format)", error.Message);
        Assert.Contains("Photo from memory is empty (0 bytes)", Assert.Throws<InvalidDataException>(() => Photo.FromBytes([])).Message);
    }

    [Fact]
    public void Refuses_pixels_that_do_not_fit_the_size()
    {
        Assert.Contains("2 x 3 pixels got 12 bytes; expected 2 x 3 x 3 = 18", Assert.Throws<ArgumentException>(() => Photo.FromPixels(2, 3, Pixels)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Photo.FromPixels(0, 4, []));
    }
}
