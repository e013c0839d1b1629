using Microsoft.ML.Data;

namespace Microsoft.ML;

public static class ImageEstimatorsCatalog
{
    public static ImageLoadingEstimator LoadImages(
        this TransformsCatalog catalog, string outputColumnName, string imageFolder, string inputColumnName = null) =>
        new(CatalogUtils.GetEnvironment(catalog), imageFolder, outputColumnName, inputColumnName ?? outputColumnName);
}
