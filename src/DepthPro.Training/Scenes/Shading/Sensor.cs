namespace DepthPro.Training.Scenes.Shading;

/// <summary>Lens and sensor: linear light to the 8 bits of a photo.</summary>
/// <param name="Exposure">Mean brightness that the camera aims at.</param>
/// <param name="Gain">Colour cast: a factor for each channel.</param>
/// <param name="Softness">0 for none to 1 for a binomial blur over 3 x 3 pixels.</param>
/// <param name="Vignetting">Loss of light in the corners.</param>
/// <param name="NoiseDeviation">Standard deviation of the noise, of the largest value.</param>
/// <param name="Seed">Of the noise.</param>
internal sealed record Sensor(float Exposure, Color Gain, float Softness, float Vignetting, float NoiseDeviation, uint Seed)
{
    public byte[] Develop(float[] light, int width, int height)
    {
        Blur(light, width, height);
        var scale = Exposure / MeanLuminance(light);
        var rgb = GC.AllocateUninitializedArray<byte>(light.Length);
        // The sum of four bytes has standard deviation sqrt(4 (256² - 1) / 12).
        var noise = NoiseDeviation * 255 / 147.8f;
        for (var y = 0; y < height; y++)
        {
            var fromMiddleY = 2 * (y + 0.5f) / height - 1;
            for (var x = 0; x < width; x++)
            {
                var fromMiddleX = 2 * (x + 0.5f) / width - 1;
                var lens = scale * (1 - Vignetting * 0.5f * (fromMiddleX * fromMiddleX + fromMiddleY * fromMiddleY));
                var at = (y * width + x) * 3;
                rgb[at] = Value(light[at] * lens * Gain.R, at, noise);
                rgb[at + 1] = Value(light[at + 1] * lens * Gain.G, at + 1, noise);
                rgb[at + 2] = Value(light[at + 2] * lens * Gain.B, at + 2, noise);
            }
        }
        return rgb;
    }

    // Display gamma is taken as 2; above 0.8 the curve bends towards white instead of being cut off.
    private byte Value(float light, int index, float noise)
    {
        const float Knee = 0.8f;
        var display = MathF.Sqrt(light);
        if (display > Knee) { display = 1 - (1 - Knee) * (1 - Knee) / (display - Knee + 1 - Knee); }
        var bits = Noise.Hash((uint)index ^ Seed);
        var four = (bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >> 24);
        return (byte)Math.Clamp(display * 255 + (four - 510f) * noise + 0.5f, 0, 255);
    }

    // Light on average; very bright pixels count as 4 so that a window does not blacken its room.
    private static float MeanLuminance(float[] light)
    {
        var sum = 0.0;
        for (var i = 0; i < light.Length; i += 3)
        {
            sum += Math.Min(new Color(light[i], light[i + 1], light[i + 2]).Luminance, 4);
        }
        return (float)Math.Max(3 * sum / light.Length, 1e-4);
    }

    // Rows first, then columns; each in place with what the neighbours were before.
    private void Blur(float[] light, int width, int height)
    {
        if (Softness == 0) { return; }
        var side = Softness * 0.25f;
        for (var y = 0; y < height; y++) { Blur(light.AsSpan(y * width * 3, width * 3), side); }

        var stride = width * 3;
        var above = light.AsSpan(0, stride).ToArray();
        for (var y = 0; y < height; y++)
        {
            var row = light.AsSpan(y * stride, stride);
            var below = y + 1 < height ? light.AsSpan((y + 1) * stride, stride) : row;
            for (var i = 0; i < stride; i++)
            {
                var here = row[i];
                row[i] = here + side * (above[i] + below[i] - 2 * here);
                above[i] = here;
            }
        }
    }

    private static void Blur(Span<float> row, float side)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var before = row[channel];
            for (var i = channel; i < row.Length; i += 3)
            {
                var here = row[i];
                var after = i + 3 < row.Length ? row[i + 3] : here;
                row[i] = here + side * (before + after - 2 * here);
                before = here;
            }
        }
    }
}
