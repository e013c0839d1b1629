using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class LoadPhotosTests
{
    private readonly MLContext _ml = new();

    [Fact]
    public void Turns_photos_as_exif_says()
    {
        var data = TestData.Paths(_ml, "orient6.jpg", "plain.jpg");
        var (folder, sizes) = (Goldens.PathOf("images"), new List<(int, int)>());
        var view = _ml.Transforms.LoadPhotos("Image", imageFolder: folder, "Path").Fit(data).Transform(data);
        foreach (var row in _ml.Data.CreateEnumerable<ImageRow>(view, reuseRowObject: true, ignoreMissingColumns: true))
        {
            sizes.Add((row.Image?.Width ?? 0, row.Image?.Height ?? 0));
        }
        var plain = Photo.FromFile(Path.Combine(folder, "plain.jpg"));
        Assert.Equal([(plain.Height, plain.Width), (plain.Width, plain.Height)], sizes);
    }

    [Fact]
    public void Gives_the_exif_focal_length_and_where_it_is_from()
    {
        var data = TestData.Paths(_ml, TestData.ExifPhoto, TestData.PlainPhoto);
        var view = _ml.Transforms.LoadPhotos("Image", inputColumnName: "Path", focalLengthColumnName: "F").Fit(data).Transform(data);
        Assert.Equal(["Path", "Image", "F", "F.Source"], view.Schema.Select(c => c.Name));
        Assert.Equal([Photo.FromFile(TestData.ExifPhoto).ExifFocalLengthPixels ?? 0, float.NaN], view.GetColumn<float>("F"));
        Assert.Equal(["exif35mm", "none"], view.GetColumn<ReadOnlyMemory<char>>("F.Source").Select(t => t.ToString()));
    }

    [Fact]
    public void Reads_encoded_photos()
    {
        var data = _ml.Data.LoadFromEnumerable([new BytesRow { Bytes = File.ReadAllBytes(TestData.ExifPhoto) }]);
        var view = _ml.Transforms.LoadPhotos("Image", inputColumnName: "Bytes", focalLengthColumnName: "F").Fit(data).Transform(data);
        Assert.Equal("exif35mm", view.Only<ReadOnlyMemory<char>>("F.Source").ToString());
        Assert.Equal(64, WidthsOf(view).Single());
    }

    [Fact]
    public void Disposes_an_image_when_it_comes_back_and_the_last_at_the_end()
    {
        var data = TestData.Paths(_ml, TestData.TwoPhotos);
        var view = _ml.Transforms.LoadPhotos("Image", inputColumnName: "Path").Fit(data).Transform(data);
        MLImage? image = null, first, last;
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            var get = cursor.GetGetter<MLImage?>(view.Schema["Image"]);
            Assert.True(cursor.MoveNext());
            get(ref image);
            first = image;
            Assert.True(cursor.MoveNext());
            Assert.Equal(200, first?.Width);
            get(ref image);
            last = image;
            Assert.Equal(90, last?.Width);
        }
        Assert.Throws<InvalidOperationException>(() => first?.Width);
        Assert.Throws<InvalidOperationException>(() => last?.Width);
    }

    [Fact]
    public void Names_the_photo_that_it_cannot_read()
    {
        var broken = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        File.WriteAllText(broken, "no photo");
        try
        {
            Assert.Contains(broken, ErrorOf<InvalidDataException>(broken), StringComparison.Ordinal);
            Assert.Contains("nowhere.jpg", ErrorOf<FileNotFoundException>("nowhere.jpg"), StringComparison.Ordinal);
            Assert.Contains("Column 'Path', row 0 is empty", ErrorOf<InvalidDataException>(""), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(broken);
        }
    }

    [Fact]
    public void Refuses_a_folder_that_is_not_there()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => _ml.Transforms.LoadPhotos("Image", "Path"));
        Assert.Contains("column of paths is the third", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_bad_names()
    {
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadPhotos(""));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadPhotos("Image", inputColumnName: " "));
        Assert.Contains("'A'", Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadPhotos("A", focalLengthColumnName: "A")).Message, StringComparison.Ordinal);
        Assert.Contains("'A.Source'", Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadPhotos("A.Source", focalLengthColumnName: "A")).Message, StringComparison.Ordinal);
    }

    private string ErrorOf<TError>(string path)
        where TError : Exception
    {
        var data = TestData.Paths(_ml, path);
        return Assert.Throws<TError>(() => WidthsOf(_ml.Transforms.LoadPhotos("Image", null, "Path").Fit(data).Transform(data))).Message;
    }

    private List<int> WidthsOf(IDataView view) =>
        [.. _ml.Data.CreateEnumerable<ImageRow>(view, reuseRowObject: true, ignoreMissingColumns: true).Select(row => row.Image?.Width ?? 0)];

    private sealed class BytesRow
    {
        public byte[] Bytes { get; set; } = [];
    }
}
