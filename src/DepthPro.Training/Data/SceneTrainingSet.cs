using System.Text.Json;
using DepthPro.Network;
using DepthPro.Training.Scenes;

namespace DepthPro.Training.Data;

/// <summary>Synthetic scenes without end, rendered at the network's size as they are drawn. Not thread-safe.</summary>
public sealed class SceneTrainingSet : TrainingSet
{
    // Scenes that are used up together: each is rendered once and drawn Passes times, each time in another order.
    private const int WindowLength = 256;

    private readonly Dictionary<long, TrainingExample> _rendered = [];
    private readonly ShuffledOrder _order = new(WindowLength);
    private long _window = -1;

    /// <summary>A set of scenes.</summary>
    /// <param name="scenes">What they are drawn from.</param>
    /// <param name="firstSeed">Seed of the first; training and validation must not share seeds.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public SceneTrainingSet(SceneOptions scenes, long firstSeed, string name = "scenes") : base(name)
    {
        SceneOptionsCheck.Check(scenes);
        (Scenes, FirstSeed) = (scenes, firstSeed);
    }

    /// <summary>What the scenes are drawn from.</summary>
    public SceneOptions Scenes { get; }

    /// <summary>Seed of the first scene; each further one has the next.</summary>
    public long FirstSeed { get; }

    /// <summary>How often each scene is drawn before new ones take its place; augmentation makes them differ.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>What the scenes' options grow into, evenly over <see cref="WideningDraws"/>; null: they stay.</summary>
    public SceneOptions? WideningTo { get; init; }

    /// <summary>After how many draws the scenes are those of <see cref="WideningTo"/>.</summary>
    public long WideningDraws { get; init; } = 1;

    internal override string Contents => JsonSerializer.Serialize(new { Scenes, FirstSeed, Passes, WideningTo, WideningDraws });

    internal override TrainingExample Draw(long number, ulong seed, NetworkConfig config)
    {
        var window = number / ((long)WindowLength * Passes);
        if (window != _window)
        {
            _rendered.Clear();
            _window = window;
        }
        var scene = FirstSeed + window * WindowLength + _order[number, seed];
        if (!_rendered.TryGetValue(scene, out var example)) { _rendered[scene] = example = Render(scene, OptionsAt(window), config); }
        return example;
    }

    internal static TrainingExample Render(long seed, SceneOptions options, NetworkConfig config)
    {
        var scene = Scene.Generate(seed, options);
        var rendered = scene.Render(config.InputSize, config.InputSize, scene.AspectRatio);
        return TrainingExample.Of(rendered.Photo, rendered.Depth, float.NaN, isMetric: true, config);
    }

    private SceneOptions OptionsAt(long window)
        => WideningTo is null ? Scenes : Scenes.Toward(WideningTo, Math.Min(1, (double)window * WindowLength * Passes / WideningDraws));
}
