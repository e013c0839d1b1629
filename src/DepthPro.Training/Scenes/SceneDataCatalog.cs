using DepthPro.Training.Scenes;
using DepthPro.Training.Scenes.Rows;

namespace Microsoft.ML;

/// <summary>Synthetic scenes in <c>mlContext.Data</c>. Thread-safe.</summary>
public static class SceneDataCatalog
{
    /// <param name="catalog"><c>mlContext.Data</c>.</param>
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Synthetic photos with exact depth and focal length: columns Image (MLImage), Depth (<see cref="DepthPro.DepthMap"/>) and FocalLength (Single, pixels).
        /// A row is rendered when it is read, the same each time, and not kept.</summary>
        /// <param name="count">How many rows.</param>
        /// <param name="firstSeed">Seed of the first row's scene; each further row has the next one.</param>
        /// <param name="options">What scenes are drawn from; null: <see cref="SceneOptions.Plain"/>.</param>
        /// <exception cref="ArgumentException">A number or option lies outside what its documentation says.</exception>
        public IDataView LoadScenes(int count, long firstSeed = 1, SceneOptions? options = null) =>
            catalog.LoadScenes(new SceneLoadingOptions { Count = count, FirstSeed = firstSeed, Scenes = options ?? SceneOptions.Plain });

        /// <summary>Synthetic photos with exact depth and focal length, at a chosen size and in chosen columns.</summary>
        /// <param name="options">Which scenes, size and columns.</param>
        /// <exception cref="ArgumentException">A number or option lies outside what its documentation says, or two columns have one name.</exception>
        public IDataView LoadScenes(SceneLoadingOptions options)
        {
            ArgumentNullException.ThrowIfNull(catalog);
            ArgumentNullException.ThrowIfNull(options);
            return new SceneDataView(options);
        }
    }
}
