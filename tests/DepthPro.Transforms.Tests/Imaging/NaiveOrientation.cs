namespace DepthPro.Transforms.Tests.Imaging;

/// <summary>EXIF's own words: which visual side the stored image's first row and first column are.</summary>
internal static class NaiveOrientation
{
    private static readonly (string FirstRow, string FirstColumn)[] Sides =
    [
        ("top", "left"), ("top", "right"), ("bottom", "right"), ("bottom", "left"),
        ("left", "top"), ("right", "top"), ("right", "bottom"), ("left", "bottom"),
    ];

    public static (int Width, int Height, byte[] Rgb) Apply(ReadOnlySpan<byte> rgb, int width, int height, int exif)
    {
        var (firstRow, firstColumn) = Sides[exif - 1];
        var (orientedWidth, orientedHeight) = firstRow is "top" or "bottom" ? (width, height) : (height, width);
        var oriented = new byte[rgb.Length];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (0, 0);
            foreach (var (side, distance) in new[] { (firstRow, i / width), (firstColumn, i % width) })
            {
                switch (side)
                {
                    case "top": y = distance; break;
                    case "bottom": y = orientedHeight - 1 - distance; break;
                    case "left": x = distance; break;
                    default: x = orientedWidth - 1 - distance; break;
                }
            }
            rgb.Slice(i * 3, 3).CopyTo(oriented.AsSpan((y * orientedWidth + x) * 3));
        }
        return (orientedWidth, orientedHeight, oriented);
    }
}
