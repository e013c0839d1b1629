namespace DepthPro.Metrics;

/// <summary>Refuses maps that cannot be compared.</summary>
internal static class MapSizes
{
    public static void Require(int length, int width, int height, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (length != (long)width * height)
        {
            throw new ArgumentException($"The {name} has {length} values; expected {width} x {height} = {(long)width * height}.", name);
        }
    }

    public static void RequireSame(int width, int height, string what, int otherWidth, int otherHeight, string name)
    {
        if ((width, height) != (otherWidth, otherHeight))
        {
            throw new ArgumentException(
                $"The prediction is {width} x {height} pixels and the {what} {otherWidth} x {otherHeight}; expected one size. "
                + $"Boundaries do not survive resizing: estimate depth at the {what}'s size.", name);
        }
    }
}
