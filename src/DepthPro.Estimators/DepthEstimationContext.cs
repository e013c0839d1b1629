namespace Microsoft.ML;

/// <summary>Depth estimation in MLContext, beside <c>mlContext.Regression</c>. Thread-safe.</summary>
public static class DepthEstimationContext
{
    private static readonly DepthEstimationCatalog Catalog = new();

    /// <param name="context">ML.NET's context.</param>
    extension(MLContext context)
    {
        /// <summary>Evaluation of depth estimation.</summary>
        public DepthEstimationCatalog DepthEstimation
        {
            get
            {
                ArgumentNullException.ThrowIfNull(context);
                return Catalog;
            }
        }
    }
}
