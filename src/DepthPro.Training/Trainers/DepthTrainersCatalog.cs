using DepthPro;
using DepthPro.Training;

namespace Microsoft.ML;

/// <summary>Depth Pro in <c>mlContext.DepthEstimation.Trainers</c>. Thread-safe.</summary>
public static class DepthTrainersCatalog
{
    /// <param name="trainers"><c>mlContext.DepthEstimation.Trainers</c>.</param>
    extension(DepthEstimationTrainers trainers)
    {
        /// <summary>Trains Depth Pro on photos with known depth, from nothing or from weights that have learnt before.</summary>
        /// <param name="options">Columns, start, stages, and where the results go.</param>
        /// <returns>An estimator whose transformer holds the network and is to be disposed.</returns>
        /// <exception cref="ArgumentException">A name is empty, or options contradict each other.</exception>
        public DepthProTrainer DepthPro(DepthProTrainerOptions options)
        {
            ArgumentNullException.ThrowIfNull(trainers);
            ArgumentNullException.ThrowIfNull(options);
            ArgumentException.ThrowIfNullOrWhiteSpace(options.OutputColumnName);
            return new(trainers.Environment, options);
        }

        /// <summary>Goes on training weights that have learnt before, all of them, on photos with known depth.</summary>
        /// <param name="outputColumnName">The transformer's new column: DepthMap, of the image's size.</param>
        /// <param name="inputColumnName">MLImage of any size, upright; null: <paramref name="outputColumnName"/>.</param>
        /// <param name="labelColumnName">True depth: DepthMap of the image's size, NaN where unknown.</param>
        /// <param name="focalLengthColumnName">Null, or known focal lengths: Single, pixels of the image; null: the depth maps'.</param>
        /// <param name="initial">Path of a checkpoint or model folder, or a model; null: the demo model.</param>
        /// <param name="outputFolder">Where states, checkpoints and the model go; null: a temporary folder.</param>
        /// <returns>An estimator whose transformer holds the network and is to be disposed.</returns>
        /// <exception cref="ArgumentException">A name is empty.</exception>
        public DepthProTrainer DepthPro(string outputColumnName, string? inputColumnName = null, string labelColumnName = "Label", string? focalLengthColumnName = null, TrainingStart? initial = null, string? outputFolder = null) =>
            trainers.DepthPro(new DepthProTrainerOptions
            {
                OutputColumnName = outputColumnName,
                InputColumnName = inputColumnName,
                LabelColumnName = labelColumnName,
                FocalLengthColumnName = focalLengthColumnName,
                Initial = initial ?? TrainingStart.FromModel(DepthProModel.Demo),
                OutputFolder = outputFolder,
            });
    }
}
