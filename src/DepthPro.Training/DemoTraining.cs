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

    // Near things have inverse depths so large that a few photos of table tops outweigh many of rooms: plain scenes come more often.
    private const double PlainWeight = 3;

    // Of the widening scenes, the share after which they are wide: about when the second stage begins.
    private const double WideAfter = 0.335;

    /// <summary>The sets to learn from.</summary>
    /// <param name="options">The training.</param>
    public static IReadOnlyList<TrainingSet> Sets(DepthTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var photos = options.Stages.Where(stage => stage.Task != TrainingTask.FieldOfView).Sum(stage => (long)options.StepsOf(stage) * stage.PhotosPerStep);
        return
        [
            new SceneTrainingSet(SceneOptions.Plain, PlainSeed, "plain scenes") { Passes = Passes, Weight = PlainWeight },
            new SceneTrainingSet(SceneOptions.Plain, WideningSeed, "widening scenes") { Passes = Passes, WideningTo = SceneOptions.Wide, WideningDraws = Math.Max(1, (long)(photos * WideAfter / (1 + PlainWeight))) },
        ];
    }

    /// <summary>Scenes of one kind to learn from, in place of <see cref="Sets(DepthTrainingOptions)"/>.</summary>
    /// <param name="scenes">What they are drawn from.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public static TrainingSet Set(SceneOptions scenes, string name) => new SceneTrainingSet(scenes, PlainSeed, name) { Passes = Passes };

    /// <summary>What to judge the training by: plain scenes that no training draws.</summary>
    public static TrainingSet Validation() => new SceneTrainingSet(SceneOptions.Plain, ValidationSeed, "validation scenes");
}
