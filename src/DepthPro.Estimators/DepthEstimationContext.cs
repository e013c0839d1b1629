using System.Runtime.CompilerServices;

namespace Microsoft.ML;

/// <summary>Depth estimation in MLContext, beside <c>mlContext.Regression</c>. Thread-safe.</summary>
public static class DepthEstimationContext
{
    // One for each context, whose log its trainers write to.
    private static readonly ConditionalWeakTable<MLContext, DepthEstimationCatalog> Catalogs = new();

    /// <param name="context">ML.NET's context.</param>
    extension(MLContext context)
    {
        /// <summary>Training and evaluation of depth estimation.</summary>
        public DepthEstimationCatalog DepthEstimation
        {
            get
            {
                ArgumentNullException.ThrowIfNull(context);
                return Catalogs.GetValue(context, owner => new(owner));
            }
        }
    }
}
