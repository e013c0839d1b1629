using DepthPro;

namespace Microsoft.ML;

/// <summary>What is made of depth maps, in <c>mlContext.Transforms</c>. Output column names come first; an input that is not named is the column of the output's name. Thread-safe.</summary>
public static class DepthMapTransformsCatalog
{
    /// <param name="catalog"><c>mlContext.Transforms</c>.</param>
    extension(TransformsCatalog catalog)
    {
        /// <summary>Turns depth maps into vectors of named numbers for any trainer: percentiles and a histogram of depth, its mean on a grid, slopes and boundaries, near field, ground plane.</summary>
        /// <param name="outputColumnName">The new column: Vector&lt;Single, <see cref="DepthFeatures.Count"/>&gt; with slot names, never NaN; <see cref="DepthFeatures"/> tells of each slot.</param>
        /// <param name="inputColumnName">DepthMap of any size; null: <paramref name="outputColumnName"/>.</param>
        /// <param name="options">In metres (the default) or scale-free.</param>
        /// <returns>An estimator whose transformer throws <see cref="InvalidDataException"/>, on reading, for a row without a map or without any known depth: remove such rows first.</returns>
        /// <exception cref="ArgumentException">A name is empty.</exception>
        public DepthFeaturizingEstimator FeaturizeDepth(string outputColumnName, string? inputColumnName = null, DepthFeatureOptions? options = null)
        {
            Check(catalog, outputColumnName);
            return new(outputColumnName, inputColumnName ?? outputColumnName, options ?? new());
        }

        /// <summary>Makes pictures of depth maps: near is red and far is blue, or in other colours, on another scale, with a scale bar.</summary>
        /// <param name="outputColumnName">The new column: MLImage of the map's size, wider with a scale bar. An image lives until the getter is given it back for the next row, or the cursor is disposed.</param>
        /// <param name="inputColumnName">DepthMap, NaN where unknown, which becomes black (dark green in colours that begin with black); null: <paramref name="outputColumnName"/>.</param>
        /// <param name="options">Colours, scale, range, scale bar; null for those of <see cref="DepthVisuals.Colorize(DepthMap)"/>.</param>
        /// <returns>An estimator whose transformer throws <see cref="InvalidDataException"/>, on reading, for a row without a map.</returns>
        /// <exception cref="ArgumentException">A name is empty, or the options are out of range.</exception>
        public DepthColorizingEstimator ColorizeDepth(string outputColumnName, string? inputColumnName = null, DepthColorOptions? options = null)
        {
            Check(catalog, outputColumnName);
            return new(outputColumnName, inputColumnName ?? outputColumnName, options ?? new());
        }

        /// <summary>Scales depth maps so that something known has its true size; one factor for all rows.</summary>
        /// <param name="outputColumnName">The new column: DepthMap.</param>
        /// <param name="calibration">The factor, from a known distance or depth in one of the maps.</param>
        /// <param name="inputColumnName">DepthMap; null: <paramref name="outputColumnName"/>.</param>
        /// <returns>An estimator whose transformer throws <see cref="InvalidDataException"/>, on reading, for a row without a map.</returns>
        /// <exception cref="ArgumentException">A name is empty.</exception>
        public DepthScalingEstimator CalibrateScale(string outputColumnName, ScaleCalibration calibration, string? inputColumnName = null)
        {
            Check(catalog, outputColumnName);
            ArgumentNullException.ThrowIfNull(calibration);
            return new(outputColumnName, inputColumnName ?? outputColumnName, calibration);
        }

        /// <summary>Gives all rows, the photos of a clip, the field of view that is the median of theirs, with the source <see cref="FocalLengthSource.Locked"/>. Photos may differ in size, but are to be
        /// of one camera that does not zoom.</summary>
        /// <param name="outputColumnName">The new column. Of estimated depth: DepthMap, scaled to the locked focal length. Of focal lengths: Single, pixels of each photo, with a text column <c>.Source</c>
        /// beside it, as EstimateDepth takes them.</param>
        /// <param name="inputColumnName">DepthMap, as EstimateDepth makes it; or, with <paramref name="imageColumnName"/>, focal lengths: Single, pixels, NaN where unknown. Null: <paramref name="outputColumnName"/>.</param>
        /// <param name="imageColumnName">Null, or the photos (MLImage or DepthMap) whose widths the focal lengths belong to.</param>
        /// <returns>An estimator whose <c>Fit</c> reads every row once; <see cref="FocalLengthLockingEstimator.Fit"/> tells what it throws.</returns>
        /// <exception cref="ArgumentException">A name is empty.</exception>
        public FocalLengthLockingEstimator LockFocalLength(string outputColumnName, string? inputColumnName = null, string? imageColumnName = null)
        {
            Check(catalog, outputColumnName);
            return new(outputColumnName, inputColumnName ?? outputColumnName, imageColumnName);
        }
    }

    private static void Check(TransformsCatalog catalog, string outputColumnName)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
    }
}
