namespace DepthPro.Training.Scenes.Shading;

/// <summary>Linear light, or the share of it that a surface reflects.</summary>
internal readonly record struct Color(float R, float G, float B)
{
    public static Color White { get; } = new(1, 1, 1);

    public static Color operator +(Color a, Color b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    public static Color operator *(Color a, Color b) => new(a.R * b.R, a.G * b.G, a.B * b.B);

    public static Color operator *(Color a, float scale) => new(a.R * scale, a.G * scale, a.B * scale);

    public float Luminance => 0.2126f * R + 0.7152f * G + 0.0722f * B; // Rec. 709

    public static Color Mix(Color a, Color b, float share) => a + (b + a * -1) * share;

    public static Color Grey(double display) => Display(display, 0, 0);

    /// <summary>From brightness and colour as they look on a display, whose gamma is taken as 2, so that a square undoes it.</summary>
    /// <param name="value">Brightness of the strongest channel, 0 to 1.</param>
    /// <param name="saturation">0 for grey to 1.</param>
    /// <param name="hueDegrees">0 red, 120 green, 240 blue.</param>
    public static Color Display(double value, double saturation, double hueDegrees)
    {
        float Channel(double peak)
        {
            // Full strength within 60 degrees of the channel's own hue, none beyond 120.
            var away = Math.Abs(hueDegrees - peak - 360 * Math.Round((hueDegrees - peak) / 360));
            var strength = Math.Clamp(2 - away / 60, 0, 1);
            var display = value * (1 - saturation * (1 - strength));
            return (float)(display * display);
        }
        return new(Channel(0), Channel(120), Channel(240));
    }
}
