using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageDataViewType : StructuredDataViewType
{
    public readonly int Height;
    public readonly int Width;

    public ImageDataViewType() : base(typeof(MLImage)) { }

    public ImageDataViewType(int height, int width) : base(typeof(MLImage))
    {
        Contracts.CheckParam(height > 0, nameof(height), "Must be positive.");
        Contracts.CheckParam(width > 0, nameof(width), " Must be positive.");
        Contracts.CheckParam((long)height * width <= int.MaxValue / 4, nameof(height), "height * width is too large.");
        (Height, Width) = (height, width);
    }

    public override bool Equals(DataViewType other) => other is ImageDataViewType image && (Height, Width) == (image.Height, image.Width);

    public override int GetHashCode() => HashCode.Combine(Height, Width);

    public override string ToString() => (Height, Width) == (0, 0) ? "Image" : $"Image<{Height}, {Width}>";
}

public sealed class ImageTypeAttribute : DataViewTypeAttribute
{
    private readonly int _height;
    private readonly int _width;

    public ImageTypeAttribute() { }

    public ImageTypeAttribute(int height, int width)
    {
        Contracts.CheckParam(width > 0, nameof(width), "Should be positive number");
        Contracts.CheckParam(height > 0, nameof(height), "Should be positive number");
        (_height, _width) = (height, width);
    }

    public override bool Equals(DataViewTypeAttribute other) => other is ImageTypeAttribute image && (_height, _width) == (image._height, image._width);

    public override int GetHashCode() => HashCode.Combine(_height, _width);

    // Without sizes this throws, as it does in ML.NET.
    public override void Register() => DataViewTypeManager.Register(new ImageDataViewType(_height, _width), typeof(MLImage), this);
}
