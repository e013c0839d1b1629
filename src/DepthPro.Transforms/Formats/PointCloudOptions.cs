using DepthPro.Formats;

namespace DepthPro;

/// <summary>What becomes of a depth map in a point cloud. Immutable, thread-safe.</summary>
public sealed record PointCloudOptions
{
    /// <summary>Metres; pixels that are farther are left out. Above 0; infinity, the default: none is.</summary>
    public float FarthestMeters { get; init; } = float.PositiveInfinity;

    internal void Validate() => CameraPoints.CheckFarthest(FarthestMeters, nameof(FarthestMeters));
}
