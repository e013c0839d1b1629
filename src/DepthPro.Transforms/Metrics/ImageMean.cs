namespace DepthPro;

/// <summary>A mean over images: each counts the same, whatever its size. Immutable, thread-safe.</summary>
/// <typeparam name="TMetrics">What one image is measured by.</typeparam>
/// <param name="Mean">The mean of each metric over the images that have one; NaN where none has. Its valid pixels are those of all images.</param>
/// <param name="Images">How many images the mean is of.</param>
/// <param name="EmptyImages">How many images were left out because they have no valid pixel.</param>
public readonly record struct ImageMean<TMetrics>(TMetrics Mean, int Images, int EmptyImages);
