using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Transforms.Tests.Rows;

public sealed class DepthMapColumnTests
{
    private readonly MLContext _ml = new();

    [Fact]
    public void Goes_in_and_out_of_plain_properties()
    {
        DepthMap[] maps = [new(2, 1, [1, 2], 3, FocalLengthSource.Given), new(1, 1, [5], float.NaN, FocalLengthSource.Unknown)];
        var view = _ml.Data.LoadFromEnumerable(maps.Select(m => new Plain { Depth = m }));
        Assert.Same(DepthMapDataViewType.Instance, view.Schema["Depth"].Type);
        Assert.Equal(maps, _ml.Data.CreateEnumerable<Plain>(view, reuseRowObject: false).Select(r => r.Depth));
        Assert.Equal(maps, view.GetColumn<DepthMap>("Depth"));
    }

    [Fact]
    public void Goes_in_and_out_of_marked_properties()
    {
        var map = new DepthMap(2, 1, [1, 2], 3, FocalLengthSource.Given);
        var view = _ml.Data.LoadFromEnumerable([new Marked { Depth = map }]);
        Assert.IsType<DepthMapDataViewType>(view.Schema["Depth"].Type);
        Assert.Same(map, _ml.Data.CreateEnumerable<Marked>(view, reuseRowObject: false).Single().Depth);
        Assert.Same(map, _ml.Data.CreateEnumerable<Plain>(view, reuseRowObject: false).Single().Depth);
    }

    [Fact]
    public void Lets_images_be_plain_properties_too()
    {
        _ = DepthMapDataViewType.Instance; // some use of the library comes first, as in every pipeline
        using var image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, [1, 2, 3, 255]);
        var view = _ml.Data.LoadFromEnumerable([new PlainImage { Image = image }]);
        Assert.IsType<ImageDataViewType>(view.Schema["Image"].Type);
        Assert.Same(image, _ml.Data.CreateEnumerable<PlainImage>(view, reuseRowObject: false).Single().Image);
        DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage)); // again, by the application
    }

    [Fact]
    public void Is_equal_to_itself_only()
    {
        Assert.Equal(DepthMapDataViewType.Instance, (DataViewType)DepthMapDataViewType.Instance);
        Assert.False(DepthMapDataViewType.Instance.Equals(NumberDataViewType.Single));
        Assert.False(DepthMapDataViewType.Instance.Equals((DataViewType?)null));
        Assert.Equal("DepthMap", $"{DepthMapDataViewType.Instance}");
        Assert.Equal(typeof(DepthMap), DepthMapDataViewType.Instance.RawType);
        Assert.True(new DepthMapTypeAttribute().Equals((DataViewTypeAttribute)new DepthMapTypeAttribute()));
    }

    private sealed class Plain
    {
        public DepthMap? Depth { get; set; }
    }

    private sealed class Marked
    {
        [DepthMapType]
        public DepthMap? Depth { get; set; }
    }

    private sealed class PlainImage
    {
        public MLImage? Image { get; set; }
    }
}
