namespace DepthPro.Training.Scenes.Geometry;

/// <summary>Sine and cosine from multiplication and addition only: Math.Sin is the platform's, whose last bit differs between platforms.</summary>
internal static class Trigonometry
{
    /// <summary>Within 4e-15. Taylor's series of an eighth of the angle, doubled three times.</summary>
    public static (double Sin, double Cos) SinCos(double degrees)
    {
        var x = (degrees - 360 * Math.Round(degrees / 360)) * (Math.PI / (180 * 8));
        var y = x * x;
        var sin = x * (1 - y / 6 * (1 - y / 20 * (1 - y / 42 * (1 - y / 72 * (1 - y / 110 * (1 - y / 156))))));
        var cos = 1 - y / 2 * (1 - y / 12 * (1 - y / 30 * (1 - y / 56 * (1 - y / 90 * (1 - y / 132)))));
        for (var doubling = 0; doubling < 3; doubling++)
        {
            (sin, cos) = (2 * sin * cos, 1 - 2 * sin * sin);
        }
        return (sin, cos);
    }

    public static double Tan(double degrees)
    {
        var (sin, cos) = SinCos(degrees);
        return sin / cos;
    }
}
