using DepthPro.Training.Data;
using DepthPro.Training.Scenes;

namespace DepthPro.Training;

/// <summary>What the demo model learns from: plain scenes and, growing from plain to wide, scenes of all kinds. Thread-safe.</summary>
public static class DemoTraining
{
    // Far apart: no training draws so many scenes.
    private const long PlainSeed = 1_000_000_000, WideningSeed = 2_000_000_000, ValidationSeed = 3_000_000_000;

    // Each scene serves three times, in other colours and perhaps mirrored: it takes longer to render one than to learn from it.
    private const int Passes = 3;

    // Of the photos of a short training, the share after which the scenes are wide.
    private const double WideAfter = 0.3;

    /// <summary>The sets to learn from.</summary>
    /// <param name="options">The training.</param>
    public static IReadOnlyList<TrainingSet> Sets(DepthTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var photos = options.Stages.Where(stage => stage.Task == TrainingTask.Depth).Sum(stage => (long)stage.Steps * stage.PhotosPerStep);
        return
        [
            new SceneTrainingSet(SceneOptions.Plain, PlainSeed, "plain scenes") { Passes = Passes },
            new SceneTrainingSet(SceneOptions.Plain, WideningSeed, "widening scenes") { Passes = Passes, WideningTo = SceneOptions.Wide, WideningDraws = Math.Max(1, (long)(photos * WideAfter / 2)) },
        ];
    }

    /// <summary>Scenes of one kind to learn from, in place of <see cref="Sets(DepthTrainingOptions)"/>.</summary>
    /// <param name="scenes">What they are drawn from.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public static TrainingSet Set(SceneOptions scenes, string name) => new SceneTrainingSet(scenes, PlainSeed, name) { Passes = Passes };

    /// <summary>What to judge the training by: half plain, half wide is what one trains for, but plain is what its goal is stated for.</summary>
    public static TrainingSet Validation() => new SceneTrainingSet(SceneOptions.Plain, ValidationSeed, "validation scenes");
}
