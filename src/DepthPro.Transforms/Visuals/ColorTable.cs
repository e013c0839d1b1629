namespace DepthPro.Visuals;

/// <summary>The colours of a colour map: 0xRRGGBB, from the one for 0 to the one for 1.</summary>
internal static class ColorTable
{
    public const int Length = 256;

    private const uint DarkGreen = 0x006040;

    private static readonly uint[] Greys = [.. Enumerable.Range(0, Length).Select(level => (uint)(level << 16 | level << 8 | level))];

    public static ReadOnlySpan<uint> Of(DepthColormap colormap) => colormap switch
    {
        DepthColormap.Viridis => ViridisColormap.Colors,
        DepthColormap.Magma => MagmaColormap.Colors,
        DepthColormap.Grey => Greys,
        _ => TurboColormap.Colors,
    };

    /// <summary>The colour of unknown depth: black, as in the reference, unless the colour map begins with it.</summary>
    public static uint UnknownOf(DepthColormap colormap) => colormap is DepthColormap.Magma or DepthColormap.Grey ? DarkGreen : 0;

    /// <summary>The entry of a value: floor(256 value); values outside [0, 1] take the ends. Null for NaN.</summary>
    public static int? IndexOf(float value) => float.IsNaN(value) ? null : (int)Math.Clamp(value * Length, 0, Length - 1);

    /// <summary>The colour of a value's entry; <paramref name="unknown"/> for NaN.</summary>
    public static (byte Red, byte Green, byte Blue) ColorOf(ReadOnlySpan<uint> colors, float value, uint unknown = 0) => Split(IndexOf(value) is { } index ? colors[index] : unknown);

    public static (byte Red, byte Green, byte Blue) Split(uint color) => ((byte)(color >> 16), (byte)(color >> 8), (byte)color);
}
