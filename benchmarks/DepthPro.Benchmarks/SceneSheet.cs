using DepthPro.Training.Scenes;

namespace DepthPro.Benchmarks;

/// <summary>A contact sheet of scenes for the eye: rows of photos, each over the row of their depths.</summary>
internal static class SceneSheet
{
    private const int Columns = 6, Rows = 4, Width = 240, Height = 180;

    public static void Write(string path, SceneOptions options, long firstSeed)
    {
        var stride = Columns * Width * 3;
        var sheet = new byte[2 * Rows * Height * stride];
        for (var cell = 0; cell < Rows * Columns; cell++)
        {
            var picture = Scene.Generate(firstSeed + cell, options).Render(Width, Height);
            var left = cell % Columns * Width * 3;
            Copy(picture.Photo, sheet, stride, cell / Columns * 2 * Height, left);
            Copy(DepthVisuals.Colorize(picture.Depth), sheet, stride, (cell / Columns * 2 + 1) * Height, left);
        }
        Photo.FromPixels(Columns * Width, 2 * Rows * Height, sheet).Save(path);
    }

    private static void Copy(Photo picture, byte[] sheet, int stride, int top, int left)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Rgb.Slice(y * picture.Width * 3, picture.Width * 3).CopyTo(sheet.AsSpan((top + y) * stride + left));
        }
    }
}
