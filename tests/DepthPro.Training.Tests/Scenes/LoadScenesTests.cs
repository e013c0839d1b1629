using DepthPro.Training.Scenes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Training.Tests.Scenes;

public sealed class LoadScenesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Has_columns_for_the_photo_its_depth_and_its_focal_length()
    {
        var data = _ml.Data.LoadScenes(count: 500, firstSeed: 1, SceneOptions.Wide);
        Assert.Equal(["Image", "Depth", "FocalLength"], data.Schema.Select(column => column.Name));
        Assert.Equal(new ImageDataViewType(256, 384), data.Schema["Image"].Type);
        Assert.Equal(DepthMapDataViewType.Instance, data.Schema["Depth"].Type);
        Assert.Equal(NumberDataViewType.Single, data.Schema["FocalLength"].Type);
        Assert.Equal((500L, true), (data.GetRowCount(), data.CanShuffle));
    }

    [Fact]
    public void Gives_the_scenes_of_its_seeds()
    {
        var rows = Read(Small(count: 3, firstSeed: 7));
        for (var i = 0; i < 3; i++)
        {
            var picture = Scene.Generate(7 + i).Render(24, 16);
            Assert.Equal(picture.Depth.Meters, rows[i].Depth.Meters);
            Assert.Equal(picture.Photo.Rgb, rows[i].Photo.Rgb);
            Assert.Equal(picture.Depth.FocalLengthPixels, rows[i].FocalLength);
        }
    }

    [Fact]
    public void Squashes_the_photos_when_asked()
    {
        var scene = Scene.Generate(1);
        var depth = Assert.Single(_ml.Data.CreateEnumerable<DepthRow>(_ml.Data.LoadScenes(new SceneLoadingOptions { Count = 1, Width = 24, Height = 24, Squash = true }), reuseRowObject: false)).Depth;
        Assert.NotNull(depth);
        Assert.Equal(scene.Render(24, 24, scene.AspectRatio).Depth.Meters, depth.Meters);
    }

    [Fact]
    public void Reads_the_same_twice()
    {
        var data = Small(count: 4);
        Assert.Equal(Read(data).Select(Text), Read(data).Select(Text));
    }

    [Fact]
    public void Reads_some_columns_alone()
    {
        var data = Small(count: 4);
        var focalLengths = data.GetColumn<float>("FocalLength").ToArray();
        Assert.Equal(Read(data).Select(row => row.FocalLength), focalLengths);

        using var cursor = data.GetRowCursor([data.Schema["FocalLength"]]);
        Assert.True(cursor.IsColumnActive(data.Schema["FocalLength"]));
        Assert.False(cursor.IsColumnActive(data.Schema["Depth"]));
        Assert.Contains("'Depth' is not active", Assert.Throws<ArgumentException>(() => cursor.GetGetter<DepthMap>(data.Schema["Depth"])).Message);
        Assert.Contains("'FocalLength' holds System.Single", Assert.Throws<ArgumentException>(() => cursor.GetGetter<int>(data.Schema["FocalLength"])).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Splits_into_cursors_that_have_every_row_once(int cursors)
    {
        var data = Small(count: 7);
        var found = new List<(long Batch, float FocalLength)>();
        foreach (var cursor in data.GetRowCursorSet(data.Schema, cursors))
        {
            using (cursor)
            {
                var (getFocalLength, value) = (cursor.GetGetter<float>(data.Schema["FocalLength"]), 0f);
                for (var position = 0; cursor.MoveNext(); position++)
                {
                    Assert.Equal(position, cursor.Position);
                    getFocalLength(ref value);
                    found.Add((cursor.Batch, value));
                }
                Assert.False(cursor.MoveNext());
                Assert.Equal(-1, cursor.Position);
            }
        }
        Assert.Equal(Read(data).Select(row => row.FocalLength), found.OrderBy(row => row.Batch).Select(row => row.FocalLength));
    }

    [Fact]
    public void Shuffles_rows_with_their_identities()
    {
        var data = Small(count: 30);
        var shuffled = _ml.Data.ShuffleRows(data, seed: 3);
        var (straight, mixed) = (Ids(data), Ids(shuffled));
        Assert.NotEqual(straight, mixed);
        Assert.Equal(straight.Order(), mixed.Order());
    }

    [Fact]
    public void Goes_through_other_data_operations()
    {
        var data = _ml.Data.Cache(_ml.Data.SkipRows(Small(count: 4), 1), "Depth");
        var depths = _ml.Data.CreateEnumerable<DepthRow>(data, reuseRowObject: false).Select(row => row.Depth?.FocalLengthPixels);
        Assert.Equal(Read(Small(count: 4)).Skip(1).Select(row => (float?)row.FocalLength), depths);
    }

    [Fact]
    public void Refuses_what_it_cannot_load()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadScenes(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadScenes(new SceneLoadingOptions { Count = 1, Width = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadScenes(1, options: new() { ColorCast = 2 }));
        Assert.Contains("expected three different names", Assert.Throws<ArgumentException>(() => _ml.Data.LoadScenes(new SceneLoadingOptions { Count = 1, DepthColumnName = "Image" })).Message);
        Assert.Empty(Read(Small(count: 0)));
    }

    private IDataView Small(int count, long firstSeed = 1) => _ml.Data.LoadScenes(new SceneLoadingOptions { Count = count, FirstSeed = firstSeed, Width = 24, Height = 16 });

    private static List<Row> Read(IDataView data)
    {
        var rows = new List<Row>();
        using var cursor = data.GetRowCursor(data.Schema);
        var getImage = cursor.GetGetter<MLImage>(data.Schema["Image"]);
        var getDepth = cursor.GetGetter<DepthMap>(data.Schema["Depth"]);
        var getFocalLength = cursor.GetGetter<float>(data.Schema["FocalLength"]);
        MLImage? image = null;
        DepthMap? depth = null;
        var focalLength = 0f;
        while (cursor.MoveNext())
        {
            getImage(ref image!);
            getDepth(ref depth!);
            getFocalLength(ref focalLength);
            rows.Add(new(Photo.FromImage(image), depth, focalLength));
        }
        return rows;
    }

    private static List<(ulong, ulong)> Ids(IDataView data)
    {
        var ids = new List<(ulong, ulong)>();
        using var cursor = data.GetRowCursor([data.Schema["FocalLength"]]);
        var (getter, id) = (cursor.GetIdGetter(), default(DataViewRowId));
        while (cursor.MoveNext())
        {
            getter(ref id);
            ids.Add((id.Low, id.High));
        }
        return ids;
    }

    private static string Text(Row row) => $"{string.Join(',', row.Depth.Meters.ToArray())} {Convert.ToHexString(row.Photo.Rgb)} {row.FocalLength}";

    private sealed record Row(Photo Photo, DepthMap Depth, float FocalLength);

    private sealed class DepthRow
    {
        public DepthMap? Depth { get; set; }
    }
}
