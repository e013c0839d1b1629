using DepthPro;

namespace Microsoft.ML;

/// <summary>Depth Pro in <c>mlContext.Transforms</c>. Output column names come first; an input that is not named is the column of the output's name. Thread-safe.</summary>
public static class DepthTransformsCatalog
{
    /// <param name="catalog"><c>mlContext.Transforms</c>.</param>
    extension(TransformsCatalog catalog)
    {
        /// <summary>Decodes photos, turned as their EXIF orientation says, and reads their EXIF focal length.</summary>
        /// <param name="outputColumnName">The new column: MLImage. An image lives until the getter is given it back for the next row, or the cursor is disposed.</param>
        /// <param name="imageFolder">The folder that relative paths start from; null: the current folder.</param>
        /// <param name="inputColumnName">Paths (text) or encoded photos (vector of bytes); null: <paramref name="outputColumnName"/>.</param>
        /// <param name="focalLengthColumnName">Null, or the new column of focal lengths (Single, pixels of the oriented photo, NaN when unknown),
        /// with a text column <c>.Source</c> beside it: exif35mm, exifFocalPlane or none.</param>
        /// <returns>An estimator whose transformer throws, on reading, <see cref="FileNotFoundException"/> for a missing photo and
        /// <see cref="InvalidDataException"/> for one that cannot be decoded, with the file's name.</returns>
        /// <exception cref="ArgumentException">A name is empty or used twice.</exception>
        /// <exception cref="DirectoryNotFoundException">There is no folder <paramref name="imageFolder"/>.</exception>
        public PhotoLoadingEstimator LoadPhotos(string outputColumnName, string? imageFolder = null, string? inputColumnName = null, string? focalLengthColumnName = null) =>
            catalog.LoadPhotos(new PhotoLoadingOptions
            {
                OutputColumnName = outputColumnName,
                ImageFolder = imageFolder,
                InputColumnName = inputColumnName,
                FocalLengthColumnName = focalLengthColumnName,
            });

        /// <summary>Decodes photos, turned as their EXIF orientation says, and reads their EXIF focal length.</summary>
        /// <param name="options">Columns and folder.</param>
        /// <returns>An estimator whose transformer throws, on reading, <see cref="FileNotFoundException"/> for a missing photo and
        /// <see cref="InvalidDataException"/> for one that cannot be decoded, with the file's name.</returns>
        /// <exception cref="ArgumentException">A name is empty or used twice.</exception>
        /// <exception cref="DirectoryNotFoundException">There is no such image folder.</exception>
        public PhotoLoadingEstimator LoadPhotos(PhotoLoadingOptions options)
        {
            Check(catalog, options, options?.OutputColumnName);
            return new(options with { ImageFolder = FullFolder(options.ImageFolder, nameof(LoadPhotos), "image") });
        }

        /// <summary>Reads depth maps, such as the truth to compare with, from .npy, .npz, 16-bit .png and .pfm files; see <see cref="DepthFile"/>.</summary>
        /// <param name="outputColumnName">The new column: DepthMap.</param>
        /// <param name="depthFolder">The folder that relative paths start from; null: the current folder.</param>
        /// <param name="inputColumnName">Paths (text); null: <paramref name="outputColumnName"/>.</param>
        /// <param name="options">What the files do not say of themselves: the unit of .png files, the array, the calibration; null for the defaults.</param>
        /// <returns>An estimator whose transformer throws, on reading, <see cref="FileNotFoundException"/> for a missing file and
        /// <see cref="InvalidDataException"/> for one that holds no depth map, with the file's name.</returns>
        /// <exception cref="ArgumentException">A name is empty, or the options are out of range.</exception>
        /// <exception cref="DirectoryNotFoundException">There is no folder <paramref name="depthFolder"/>.</exception>
        public DepthMapLoadingEstimator LoadDepthMaps(string outputColumnName, string? depthFolder = null, string? inputColumnName = null, DepthFileOptions? options = null) =>
            catalog.LoadDepthMaps(new DepthMapLoadingOptions
            {
                OutputColumnName = outputColumnName,
                DepthFolder = depthFolder,
                InputColumnName = inputColumnName,
                File = options ?? new(),
            });

        /// <summary>Reads depth maps, such as the truth to compare with, from .npy, .npz, 16-bit .png and .pfm files; see <see cref="DepthFile"/>.</summary>
        /// <param name="options">Columns, folder and what the files do not say of themselves.</param>
        /// <returns>An estimator whose transformer throws, on reading, <see cref="FileNotFoundException"/> for a missing file and
        /// <see cref="InvalidDataException"/> for one that holds no depth map, with the file's name.</returns>
        /// <exception cref="ArgumentException">A name is empty, or the options are out of range.</exception>
        /// <exception cref="DirectoryNotFoundException">There is no such depth folder.</exception>
        public DepthMapLoadingEstimator LoadDepthMaps(DepthMapLoadingOptions options)
        {
            Check(catalog, options, options?.OutputColumnName);
            var file = options.File.CalibrationPath is { } calibration ? options.File with { CalibrationPath = Path.GetFullPath(calibration) } : options.File;
            return new(options with { DepthFolder = FullFolder(options.DepthFolder, nameof(LoadDepthMaps), "depth"), File = file });
        }

        /// <summary>Makes the network input of images: resized to S x S (bilinear, aspect ratio not kept) and normalised to [-1, 1].</summary>
        /// <param name="outputColumnName">The new column: Vector&lt;Single, 3, S, S&gt;, planes red, green, blue.</param>
        /// <param name="inputColumnName">MLImage of any size, upright; null: <paramref name="outputColumnName"/>.</param>
        /// <param name="model">The model whose S it is; null: the demo model.</param>
        /// <returns>An estimator whose transformer throws <see cref="InvalidDataException"/>, on reading, for a row without an image.</returns>
        /// <exception cref="ArgumentException">A name is empty.</exception>
        public DepthInputEstimator PrepareDepthInput(string outputColumnName, string? inputColumnName = null, DepthProModel? model = null)
        {
            Check(catalog, outputColumnName, outputColumnName);
            return new(outputColumnName, inputColumnName ?? outputColumnName, (model ?? DepthProModel.Demo).InputSize);
        }

        /// <summary>Cuts the network input into the patches of its pyramid: 25 of scale 1, 9 of scale 1/2, one of scale 1/4.</summary>
        /// <param name="outputColumnName">The new column: Vector&lt;Single, 35, 3, P, P&gt; with P = S / 4.</param>
        /// <param name="inputColumnName">Vector&lt;Single, 3, S, S&gt;; null: <paramref name="outputColumnName"/>.</param>
        /// <returns>An estimator that takes S from its input column.</returns>
        /// <exception cref="ArgumentException">A name is empty.</exception>
        public DepthPatchEstimator ExtractDepthPatches(string outputColumnName, string? inputColumnName = null)
        {
            Check(catalog, outputColumnName, outputColumnName);
            return new(outputColumnName, inputColumnName ?? outputColumnName);
        }

        /// <summary>Runs the network on prepared input.</summary>
        /// <param name="outputColumnName">The new column of canonical inverse depth: Vector&lt;Single, O, O&gt;.</param>
        /// <param name="inputColumnName">The network input, Vector&lt;Single, 3, S, S&gt;, or its patches, Vector&lt;Single, 35, 3, P, P&gt;; null: <paramref name="outputColumnName"/>.</param>
        /// <param name="fieldOfViewOutputColumnName">Null, or the new column of the horizontal field of view: Single, degrees; estimated only where it is read.</param>
        /// <param name="model">The model; null: the demo model.</param>
        /// <returns>An estimator whose transformer holds the network and is to be disposed.</returns>
        /// <exception cref="ArgumentException">A name is empty or used twice.</exception>
        public DepthScoringEstimator ScoreDepthPro(string outputColumnName, string? inputColumnName = null, string? fieldOfViewOutputColumnName = null, DepthProModel? model = null) =>
            catalog.ScoreDepthPro(new DepthScoringOptions
            {
                OutputColumnName = outputColumnName,
                InputColumnName = inputColumnName,
                FieldOfViewOutputColumnName = fieldOfViewOutputColumnName,
                Model = model ?? DepthProModel.Demo,
            });

        /// <summary>Runs the network on prepared input.</summary>
        /// <param name="options">Columns, model and how to run it.</param>
        /// <returns>An estimator whose transformer holds the network and is to be disposed.</returns>
        /// <exception cref="ArgumentException">A name is empty or used twice.</exception>
        public DepthScoringEstimator ScoreDepthPro(DepthScoringOptions options)
        {
            Check(catalog, options, options?.OutputColumnName);
            return new(options);
        }

        /// <summary>Turns canonical inverse depth into a <see cref="DepthMap"/> of the photo's size: depth = f / (W C).</summary>
        /// <param name="outputColumnName">The new column: DepthMap.</param>
        /// <param name="inverseDepth">Vector&lt;Single, O, O&gt;; leading dimensions of one do not count.</param>
        /// <param name="image">MLImage; only its size is read.</param>
        /// <param name="fieldOfView">Horizontal field of view: Single, degrees, between 0 and 180; or</param>
        /// <param name="focalLength">focal length: Single, pixels of the image, above 0.</param>
        /// <returns>An estimator whose transformer throws <see cref="InvalidDataException"/>, on reading, for a row without an image or with a scale that
        /// is NaN or out of its range. NaN in the inverse depth stays NaN.</returns>
        /// <exception cref="ArgumentException">A name is empty, or not exactly one of <paramref name="fieldOfView"/> and <paramref name="focalLength"/> is given.</exception>
        public MetricDepthEstimator ConvertToMetricDepth(string outputColumnName, string inverseDepth, string image, string? fieldOfView = null, string? focalLength = null)
        {
            Check(catalog, outputColumnName, outputColumnName);
            ArgumentException.ThrowIfNullOrWhiteSpace(inverseDepth);
            ArgumentException.ThrowIfNullOrWhiteSpace(image);
            return new(outputColumnName, inverseDepth, image, fieldOfView, focalLength);
        }

        /// <summary>Estimates metric depth: all of the steps above, without their columns.</summary>
        /// <param name="outputColumnName">The new column: DepthMap, of the image's size.</param>
        /// <param name="inputColumnName">MLImage of any size, upright; null: <paramref name="outputColumnName"/>.</param>
        /// <param name="focalLengthColumnName">Null, or known focal lengths: Single, pixels of the image, NaN where it is to be estimated.</param>
        /// <param name="model">The model; null: the demo model.</param>
        /// <returns>An estimator whose transformer holds the network and is to be disposed.</returns>
        /// <exception cref="ArgumentException">A name is empty.</exception>
        public DepthEstimationEstimator EstimateDepth(string outputColumnName, string? inputColumnName = null, string? focalLengthColumnName = null, DepthProModel? model = null) =>
            catalog.EstimateDepth(new DepthEstimationOptions
            {
                OutputColumnName = outputColumnName,
                InputColumnName = inputColumnName,
                FocalLengthColumnName = focalLengthColumnName,
                Model = model ?? DepthProModel.Demo,
            });

        /// <summary>Estimates metric depth, with further outputs.</summary>
        /// <param name="options">Columns, model and how to run it.</param>
        /// <returns>An estimator whose transformer holds the network and is to be disposed.</returns>
        /// <exception cref="ArgumentException">A name is empty or used twice.</exception>
        public DepthEstimationEstimator EstimateDepth(DepthEstimationOptions options)
        {
            Check(catalog, options, options?.OutputColumnName);
            return new(options);
        }

        /// <summary>Compares predicted depth with true depth, an object's matte, or both, row by row.</summary>
        /// <param name="outputColumnName">What the new columns' names begin with: <c>.ValidPixels</c> (Int64) and metrics (Double): with true depth <c>.AbsRel</c>, <c>.SqRel</c>, <c>.Rmse</c>,
        /// <c>.RmseLog</c>, <c>.Log10</c>, <c>.SiLog</c>, <c>.Delta1</c> to <c>.Delta3</c>, <c>.BoundaryF1</c>, <c>.BoundaryPrecision</c>, <c>.BoundaryRecall</c>; with a matte <c>.MaskBoundaryRecall</c>.
        /// NaN in a row without a valid pixel. See <see cref="DepthMetrics"/>, <see cref="BoundaryMetrics"/>, <see cref="MaskBoundaryMetrics"/>.</param>
        /// <param name="inputColumnName">Predicted depth: DepthMap; null: <paramref name="outputColumnName"/>.</param>
        /// <param name="labelColumnName">True depth: DepthMap, NaN where unknown; null when only a matte is given in the options.</param>
        /// <param name="options">Range, alignment, masks, thresholds; null for the defaults.</param>
        /// <returns>An estimator whose transformer throws <see cref="InvalidDataException"/>, on reading, for a row without a map or with maps that do not fit each other.</returns>
        /// <exception cref="ArgumentException">A name is empty, nothing to compare with is named, or the options are out of range.</exception>
        public DepthComparisonEstimator CompareDepth(string outputColumnName, string? inputColumnName = null, string? labelColumnName = null, DepthEvaluationOptions? options = null)
        {
            Check(catalog, outputColumnName, outputColumnName);
            return new(outputColumnName, inputColumnName ?? outputColumnName, labelColumnName, options ?? new());
        }
    }

    // A saved pipeline finds its files wherever it is loaded.
    private static string? FullFolder(string? folder, string method, string kind)
    {
        if (string.IsNullOrEmpty(folder)) { return null; }
        var fullPath = Path.GetFullPath(folder);
        return Directory.Exists(fullPath)
            ? fullPath
            : throw new DirectoryNotFoundException($"{method}: there is no {kind} folder '{fullPath}'. Its second argument is the folder that paths start from; the column of paths is the third.");
    }

    private static void Check(TransformsCatalog catalog, [System.Diagnostics.CodeAnalysis.NotNull] object? options, string? outputColumnName)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
    }
}
