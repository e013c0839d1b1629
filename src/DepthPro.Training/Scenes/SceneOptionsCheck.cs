namespace DepthPro.Training.Scenes;

/// <summary>Refuses options that no scene can follow.</summary>
internal static class SceneOptionsCheck
{
    /// <exception cref="ArgumentException">A list is empty or names what there is not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number or range lies outside what its property's documentation says.</exception>
    public static void Check(SceneOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OneOf(nameof(options.Places), options.Places);
        OneOf(nameof(options.Objects), options.Objects);
        Within(nameof(options.CameraHeightMeters), options.CameraHeightMeters, 0.3, 20, "metres");
        Within(nameof(options.TableCameraHeightMeters), options.TableCameraHeightMeters, 0.1, 2, "metres");
        Within(nameof(options.FieldOfViewDegrees), options.FieldOfViewDegrees, 10, 130, "degrees");
        Within(nameof(options.AspectRatio), options.AspectRatio, 0.25, 4, "width by height");
        Within(nameof(options.PitchDegrees), options.PitchDegrees, -60, 60, "degrees");
        Within(nameof(options.RollDegrees), options.RollDegrees, -45, 45, "degrees");
        Within(nameof(options.ObjectCount), options.ObjectCount, 0, 64, "objects");
        Within(nameof(options.ObjectDistanceMeters), options.ObjectDistanceMeters, 0.2, 1000, "metres");
        Within(nameof(options.RoomSizeMeters), options.RoomSizeMeters, 2, 50, "metres");
        Within(nameof(options.FogProbability), new(options.FogProbability, options.FogProbability), 0, 1, "of the scenes");
        Within(nameof(options.FogVisibilityMeters), options.FogVisibilityMeters, 1, 1e5, "metres");
        Within(nameof(options.SensorNoise), options.SensorNoise, 0, 0.2, "of the largest value");
        Within(nameof(options.Softness), options.Softness, 0, 1, "of a binomial blur");
        Within(nameof(options.ColorCast), new(options.ColorCast, options.ColorCast), 0, 0.5, "of a channel");
    }

    private static void Within(string name, Interval found, double low, double high, string unit)
    {
        var allowed = new Interval(low, high);
        if (found.Low <= found.High && allowed.Contains(found.Low) && allowed.Contains(found.High)) { return; }
        throw new ArgumentOutOfRangeException($"options.{name}", found, $"{nameof(SceneOptions)}.{name} is {found} {unit}; expected a range within {allowed}, its lower end first.");
    }

    private static void OneOf<T>(string name, IReadOnlyList<T> found)
        where T : struct, Enum
    {
        if (found is not { Count: > 0 } || !found.All(Enum.IsDefined))
        {
            var names = found is null ? "null" : $"[{string.Join(", ", found)}]";
            throw new ArgumentException($"{nameof(SceneOptions)}.{name} is {names}; expected one or more of {string.Join(", ", Enum.GetNames<T>())}.", $"options.{name}");
        }
    }
}
