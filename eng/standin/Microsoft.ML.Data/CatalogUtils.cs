using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How an extension of a catalog finds the environment behind it.</summary>
internal static class CatalogUtils
{
    public static IHostEnvironment GetEnvironment(this IInternalCatalog catalog)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return catalog.Environment;
    }
}

internal interface IInternalCatalog
{
    IHostEnvironment Environment { get; }
}
