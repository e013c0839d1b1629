using System.Numerics;
using DepthPro.Depth;

namespace DepthPro.Formats;

/// <summary>Where in front of the camera the pixels of a depth map lie, by their <see cref="PixelRay"/>: metres, OpenCV's axes, x right, y down, z forward.</summary>
internal sealed class CameraPoints
{
    private readonly DepthMap _depth;
    private readonly float _farthestMeters;

    /// <param name="depth">With a known focal length.</param>
    /// <param name="photo">Of the same size.</param>
    /// <param name="farthestMeters">What is farther has no point.</param>
    /// <param name="subject">What the points are for, in messages.</param>
    /// <exception cref="ArgumentException">The focal length is unknown, or the sizes differ.</exception>
    public CameraPoints(DepthMap depth, Photo photo, float farthestMeters, string subject)
    {
        if (float.IsNaN(depth.FocalLengthPixels))
        {
            throw new ArgumentException($"{subject} cannot be made: the depth map's focal length is unknown, and points in space follow from it. Make the map with its focal length in pixels: new DepthMap(…).", nameof(depth));
        }
        if ((photo.Width, photo.Height) != (depth.Width, depth.Height))
        {
            throw new ArgumentException($"{subject} cannot be made: photo '{photo.Name}' is {photo.Width} x {photo.Height} pixels and the depth map {depth.Width} x {depth.Height}; expected the same size.", nameof(photo));
        }
        (_depth, _farthestMeters) = (depth, farthestMeters);
    }

    /// <summary>Pixels.</summary>
    public int Width => _depth.Width;

    /// <summary>Pixels.</summary>
    public int Height => _depth.Height;

    /// <summary>Pixels of <see cref="Width"/>.</summary>
    public float FocalLengthPixels => _depth.FocalLengthPixels;

    /// <summary>Where it comes from.</summary>
    public FocalLengthSource FocalLengthSource => _depth.FocalLengthSource;

    /// <summary>The point of a pixel; all NaN where its depth is not finite and above 0, or too far, or where the point has a coordinate too large for a float.</summary>
    public Vector3 At(int x, int y)
    {
        var meters = _depth.Meters[y * Width + x];
        if (!(DepthMap.IsKnown(meters) && meters <= _farthestMeters)) { return new(float.NaN); }
        var ray = PixelRay.Of(x, y, Width, Height, FocalLengthPixels);
        var point = new Vector3((float)(ray.X * meters), (float)(ray.Y * meters), meters);
        return float.IsFinite(point.X) && float.IsFinite(point.Y) && float.IsFinite(point.Z) ? point : new(float.NaN);
    }

    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public static void CheckFarthest(float farthestMeters, string name)
    {
        if (!(farthestMeters > 0)) { throw new ArgumentOutOfRangeException(name, farthestMeters, FormattableString.Invariant($"{name} is {farthestMeters}; expected metres above 0, or infinity for no limit.")); }
    }
}
