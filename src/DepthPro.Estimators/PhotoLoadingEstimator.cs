using DepthPro.Imaging;

namespace DepthPro;

/// <summary>Decodes photos with their EXIF orientation and focal length; see LoadPhotos of <c>ml.Transforms</c>.</summary>
public sealed class PhotoLoadingEstimator : RowEstimator<PhotoLoadingTransformer>
{
    internal PhotoLoadingEstimator(PhotoLoadingOptions options)
        : base(() => new(options))
    {
    }
}
