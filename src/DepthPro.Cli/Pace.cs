using System.Globalization;

namespace DepthPro.Cli;

/// <summary>How far a run is, how fast, and how long it will take yet.</summary>
internal static class Pace
{
    /// <summary>As in 13/480  3.2 photos/s  0:02:26 left; slow ones in seconds for a photo. Before the first is done there is no pace.</summary>
    public static string Describe(int done, int total, TimeSpan elapsed)
    {
        var position = $"{done + 1}/{total}";
        if (done == 0 || elapsed <= TimeSpan.Zero) { return position; }
        var seconds = elapsed.TotalSeconds / done;
        var left = TimeSpan.FromSeconds(Math.Ceiling(seconds * (total - done)));
        return string.Create(CultureInfo.InvariantCulture, $"{position}  {(seconds < 1 ? $"{1 / seconds:0.0} photos/s" : $"{seconds:0.0} s/photo")}  {(int)left.TotalHours}:{left:mm\\:ss} left");
    }
}
