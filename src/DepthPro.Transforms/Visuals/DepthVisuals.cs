using DepthPro.Metrics;
using DepthPro.Reports;
using DepthPro.Visuals;

namespace DepthPro;

/// <summary>Pictures of depth maps. Pure; thread-safe.</summary>
public static class DepthVisuals
{
    /// <summary>Turbo over inverse depth, clipped to [0.1 m, 250 m] and stretched between the map's own extremes: near is red, far is
    /// blue.</summary>
    /// <remarks>NaN is black; a map of one depth is all dark blue. Source: ml-depth-pro, <c>cli/run.py</c>.</remarks>
    public static Photo Colorize(DepthMap depth) => Colorize(depth, new DepthColorOptions());

    /// <summary>Depth in the colours, on the scale and in the range of <paramref name="options"/>.</summary>
    /// <param name="depth">NaN is black, or dark green in colours that begin with black; a map of one depth has the first colour throughout, unless a range is stated.</param>
    /// <param name="options">Colours, scale, range, and whether the picture gets a scale bar.</param>
    /// <returns>A picture of the map's size; with a scale bar it is wider.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Photo Colorize(DepthMap depth, DepthColorOptions options)
    {
        ArgumentNullException.ThrowIfNull(depth);
        ArgumentNullException.ThrowIfNull(options);
        var range = ColorRange.Of(depth.Meters, options);
        var picture = Colorize(depth, range, options.Colormap);
        return options.ScaleBar ? SideBySide(picture, ScaleBar.Draw(depth.Height, range, ColorTable.Of(options.Colormap))) : picture;
    }

    /// <summary>Turbo over inverse depth, stretched between two depths, so that several maps can be compared by colour: <paramref name="nearestMeters"/> is red,
    /// <paramref name="farthestMeters"/> blue.</summary>
    /// <param name="depth">NaN is black.</param>
    /// <param name="nearestMeters">Metres; what is nearer has the same colour. Clipped to [0.1 m, 250 m], like <paramref name="farthestMeters"/>.</param>
    /// <param name="farthestMeters">Metres; what is farther has the same colour.</param>
    /// <exception cref="ArgumentOutOfRangeException">The depths are not numbers in ascending order.</exception>
    public static Photo Colorize(DepthMap depth, float nearestMeters, float farthestMeters)
    {
        ArgumentNullException.ThrowIfNull(depth);
        return nearestMeters <= farthestMeters
            ? Colorize(depth, ColorRange.BetweenInverse(nearestMeters, farthestMeters), DepthColormap.Turbo)
            : throw new ArgumentOutOfRangeException(nameof(nearestMeters), (nearestMeters, farthestMeters), $"Colours go from {nearestMeters} to {farthestMeters} m; expected the nearest depth first.");
    }

    /// <summary>Turbo over the relative errors |p - t| / t of a prediction: dark blue for none, dark red for <paramref name="worstError"/> and more.</summary>
    /// <param name="prediction">Predicted depth; resized bilinearly to the truth's size if need be, as <see cref="DepthMetrics"/> does.</param>
    /// <param name="truth">True depth. Where it is unknown or out of the range, or the prediction is NaN, the picture is black.</param>
    /// <param name="options">Range and alignment; null for the defaults.</param>
    /// <param name="worstError">A share of the true depth, finite, above 0.</param>
    /// <returns>A picture of the truth's size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The options, or <paramref name="worstError"/>, are out of range.</exception>
    public static Photo ColorizeErrors(DepthMap prediction, DepthMap truth, DepthMetricsOptions? options = null, float worstError = ReportPictures.WorstError)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        options ??= new();
        options.Validate();
        return worstError > 0 && float.IsFinite(worstError)
            ? ColorizeErrors(truth.Width, truth.Height, DepthErrorMap.Of(prediction, truth, options, []).Relative, worstError)
            : throw new ArgumentOutOfRangeException(nameof(worstError), worstError, FormattableString.Invariant($"The worst error is {worstError} of the true depth; expected a finite share above 0, such as {ReportPictures.WorstError}."));
    }

    /// <summary>Turbo over relative errors, whatever their sign: dark blue for none, dark red for <paramref name="worst"/> and more, black for NaN.</summary>
    internal static Photo ColorizeErrors(int width, int height, ReadOnlySpan<float> relative, float worst)
    {
        var rgb = GC.AllocateUninitializedArray<byte>(checked(width * height * 3));
        for (var i = 0; i < relative.Length; i++)
        {
            (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) = TurboColormap.Of(MathF.Abs(relative[i]) / worst);
        }
        return Photo.Adopt(width, height, rgb, "errors");
    }

    /// <summary>The occluding contours of a depth map, as bright lines over its darkened photo: where depth jumps between neighbours, on the nearer side.</summary>
    /// <remarks>Along each row and column the contours are thinned, of neighbouring ones only the strongest stays, as <see cref="MaskBoundaryMetrics"/> does: a soft edge is one line, or none
    /// when no step of it is large enough. Lines are a pixel wide, and wider in pictures of more than 1,200 pixels.</remarks>
    /// <param name="photo">The photo.</param>
    /// <param name="depth">Its depth, of the same size. NaN and infinite pixels make no contour.</param>
    /// <param name="threshold">Smallest ratio of two neighbours' depths that is drawn (strictly above it); finite, at least 1. <see cref="BoundaryMetrics"/> scores 1.05 to 1.25, of which the default is the middle.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the threshold is out of range.</exception>
    public static Photo OverlayBoundaries(Photo photo, DepthMap depth, double threshold = BoundaryOverlay.DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(depth);
        if ((photo.Width, photo.Height) != (depth.Width, depth.Height))
        {
            throw new ArgumentException($"The photo is {photo.Width} x {photo.Height} pixels and the depth map {depth.Width} x {depth.Height}; expected one size. Give the photo that the depth was estimated from.", nameof(depth));
        }
        return BoundaryOverlay.Draw(photo, depth, BoundaryOptions.At(threshold).ToThresholds().Values[0]);
    }

    /// <summary>Two pictures of the same height beside each other.</summary>
    /// <exception cref="ArgumentException">The heights differ.</exception>
    public static Photo SideBySide(Photo left, Photo right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Height != right.Height)
        {
            throw new ArgumentException($"Left picture is {left.Height} pixels high and the right one {right.Height}; expected the same height.", nameof(right));
        }
        var (leftStride, rightStride) = (left.Width * 3, right.Width * 3);
        var rgb = GC.AllocateUninitializedArray<byte>(checked((leftStride + rightStride) * left.Height));
        for (var y = 0; y < left.Height; y++)
        {
            var row = rgb.AsSpan(y * (leftStride + rightStride), leftStride + rightStride);
            left.Rgb.Slice(y * leftStride, leftStride).CopyTo(row);
            right.Rgb.Slice(y * rightStride, rightStride).CopyTo(row[leftStride..]);
        }
        return Photo.Adopt(left.Width + right.Width, left.Height, rgb, left.Name);
    }

    private static Photo Colorize(DepthMap depth, ColorRange range, DepthColormap colormap)
    {
        var colors = ColorTable.Of(colormap);
        var unknown = ColorTable.UnknownOf(colormap);
        var meters = depth.Meters;
        var rgb = GC.AllocateUninitializedArray<byte>(checked(meters.Length * 3));
        for (var i = 0; i < meters.Length; i++)
        {
            (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) = ColorTable.ColorOf(colors, range.At(meters[i]), unknown);
        }
        return Photo.Adopt(depth.Width, depth.Height, rgb, "depth");
    }
}
