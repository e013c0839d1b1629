namespace DepthPro.Training.Scenes.Shading;

/// <summary>Random numbers fixed to points of space. Pure.</summary>
internal static class Noise
{
    /// <summary>Mixes 32 bits. Source: C. Wellons, "Prospecting for hash functions", 2018, lowbias32 (public domain).</summary>
    public static uint Hash(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;
        return x ^ (x >> 16);
    }

    /// <summary>Evenly in [0, 1), for a cell of the lattice.</summary>
    public static float Cell(int x, int y, int z, uint seed) => Fraction(Mixed(x, y, z, seed));

    /// <summary>Smooth in space, in [0, 1), with one feature a unit: random values at the lattice's points, joined smoothly.</summary>
    public static float Value(double x, double y, double z, uint seed)
    {
        var (floorX, floorY, floorZ) = (Math.Floor(x), Math.Floor(y), Math.Floor(z));
        var (fx, fy, fz) = (Smooth((float)(x - floorX)), Smooth((float)(y - floorY)), Smooth((float)(z - floorZ)));
        var (ix, iy, iz) = ((int)floorX, (int)floorY, (int)floorZ);
        var near = Slice(ix, iy, iz, seed, fx, fy);
        return fz == 0 ? near : near + (Slice(ix, iy, iz + 1, seed, fx, fy) - near) * fz;
    }

    /// <summary>Noise of two scales, the finer at half the strength; in [0, 1).</summary>
    public static float Clouds(double x, double y, double z, uint seed) =>
        (2 * Value(x, y, z, seed) + Value(x * 2.7, y * 2.7, z * 2.7, seed + 1)) * (1 / 3f);

    private static float Slice(int x, int y, int z, uint seed, float fx, float fy)
    {
        var (a, b) = (Fraction(Mixed(x, y, z, seed)), Fraction(Mixed(x + 1, y, z, seed)));
        var (c, d) = (Fraction(Mixed(x, y + 1, z, seed)), Fraction(Mixed(x + 1, y + 1, z, seed)));
        var (low, high) = (a + (b - a) * fx, c + (d - c) * fx);
        return low + (high - low) * fy;
    }

    // Primes from M. Teschner et al., "Optimized spatial hashing for collision detection", 2003.
    private static uint Mixed(int x, int y, int z, uint seed) => Hash(((uint)x * 73856093) ^ ((uint)y * 19349663) ^ ((uint)z * 83492791) ^ seed);

    private static float Fraction(uint bits) => (bits >> 8) * (1f / (1 << 24));

    private static float Smooth(float t) => t * t * (3 - 2 * t);
}
