using DepthPro.Preprocessing;

namespace DepthPro.Training.Data;

/// <summary>An example as a step gets it, changed at random. Filled anew for each; not thread-safe.</summary>
/// <param name="side">S.</param>
/// <param name="mapSide">O.</param>
internal sealed class PreparedPhoto(int side, int mapSide)
{
    private readonly float[] _scratch = new float[3 * side * side];

    /// <summary>(3, S, S): the network input, -1 to 1.</summary>
    public float[] Pixels { get; } = new float[3 * side * side];

    /// <summary>C, (O, O); NaN where it is unknown.</summary>
    public float[] InverseDepth { get; } = new float[mapSide * mapSide];

    /// <summary>Degrees; NaN when unknown.</summary>
    public float FieldOfViewDegrees { get; private set; }

    /// <summary>The set that it comes from.</summary>
    public TrainingSet? Set { get; private set; }

    /// <summary>Takes an example and changes it.</summary>
    public void Fill(TrainingSet set, TrainingExample example, AugmentationOptions augmentation, SeededRandom random)
    {
        Set = set;
        var crop = random.Chance(augmentation.CropShare) ? random.Between(augmentation.CropKeeps) : 1;
        var mirror = random.Chance(augmentation.MirrorShare);
        Span<float> gain = [1, 1, 1];
        var (contrast, brightness) = (1f, 0f);
        if (random.Chance(augmentation.ColorShare))
        {
            float Change(double strength) => (float)random.Between(-strength, strength);
            var strength = augmentation.ColorStrength;
            (contrast, brightness) = (1 + Change(strength), Change(strength));
            for (var channel = 0; channel < 3; channel++) { gain[channel] += Change(strength / 2); }
        }
        for (var channel = 0; channel < 3; channel++)
        {
            // A byte stands for -1 to 1; strength and contrast act on 0 to 1 and about the middle.
            var levels = new float[256];
            for (var level = 0; level < levels.Length; level++) { levels[level] = Math.Clamp((level / 255f * gain[channel] * 2 - 1) * contrast + brightness, -1, 1); }
            var plane = Pixels.AsSpan(channel * side * side, side * side);
            for (var i = 0; i < plane.Length; i++) { plane[i] = levels[example.Rgb[channel * plane.Length + i]]; }
        }
        example.InverseDepth.CopyTo(InverseDepth, 0);
        FieldOfViewDegrees = example.FieldOfViewDegrees;
        if (crop < 1) { Crop(crop); }
        if (random.Chance(augmentation.BlurShare)) { Blur(); }
        if (mirror) { Mirror(); }
    }

    // What is seen is enlarged: the focal length grows by as much as the photo shrank, and canonical inverse depth with it.
    private void Crop(double keeps)
    {
        var kept = Math.Clamp((int)Math.Round(side * keeps), 1, side);
        var first = (side - kept) / 2;
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = Pixels.AsSpan(channel * side * side, side * side);
            for (var y = 0; y < kept; y++) { plane.Slice((first + y) * side + first, kept).CopyTo(_scratch.AsSpan(y * kept)); }
            BilinearResize.Plane(_scratch.AsSpan(0, kept * kept), kept, kept, plane, side, side);
        }
        var (share, before) = ((float)kept / side, InverseDepth.ToArray());
        for (var y = 0; y < mapSide; y++)
        {
            for (var x = 0; x < mapSide; x++) { InverseDepth[y * mapSide + x] = before[Source(y) * mapSide + Source(x)] / share; }
        }
        FieldOfViewDegrees = (float)(2 * Math.Atan(Math.Tan(FieldOfViewDegrees * Math.PI / 360) * share) * 360 / (2 * Math.PI));
        int Source(int i) => Math.Clamp((int)((i + 0.5) * share + (double)first * mapSide / side), 0, mapSide - 1);
    }

    private void Blur()
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = Pixels.AsSpan(channel * side * side, side * side);
            var across = _scratch.AsSpan(0, side * side);
            for (var i = 0; i < plane.Length; i++)
            {
                var x = i % side;
                across[i] = 0.5f * plane[i] + 0.25f * (plane[x == 0 ? i : i - 1] + plane[x == side - 1 ? i : i + 1]);
            }
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = 0.5f * across[i] + 0.25f * (across[i < side ? i : i - side] + across[i >= plane.Length - side ? i : i + side]);
            }
        }
    }

    private void Mirror()
    {
        for (var row = 0; row < 3 * side; row++) { Pixels.AsSpan(row * side, side).Reverse(); }
        for (var row = 0; row < mapSide; row++) { InverseDepth.AsSpan(row * mapSide, mapSide).Reverse(); }
    }
}
