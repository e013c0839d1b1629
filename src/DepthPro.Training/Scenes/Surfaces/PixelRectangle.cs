namespace DepthPro.Training.Scenes.Surfaces;

/// <summary>Columns from <paramref name="Left"/> and rows from <paramref name="Top"/>, the ends not included.</summary>
internal readonly record struct PixelRectangle(int Left, int Top, int Right, int Bottom);
