using System.Numerics;

namespace DepthPro.Formats;

/// <summary>Triangles between neighbouring pixels, in glTF's axes (x right, y up, looking along -z) and with its order of corners: counter-clockwise from the front, where the camera is.</summary>
/// <param name="Positions">Metres.</param>
/// <param name="TextureCoordinates">Of each position: 0..1 of the photo's width and height, from its top left corner.</param>
/// <param name="Indices">Three for each triangle.</param>
internal sealed record DepthMesh(Vector3[] Positions, Vector2[] TextureCoordinates, uint[] Indices)
{
    /// <param name="points">Of the pixels.</param>
    /// <param name="largestJump">Triangles with a larger one, in shares of their nearest corner's depth, are left out.</param>
    /// <param name="maxVertices">At least 4.</param>
    public static DepthMesh Of(CameraPoints points, float largestJump, int maxVertices)
    {
        var (columns, rows) = GridOf(points.Width, points.Height, maxVertices);
        var (xs, ys) = (Spaced(columns, points.Width), Spaced(rows, points.Height));
        var grid = new Vector3[columns * rows];
        for (var i = 0; i < grid.Length; i++) { grid[i] = points.At(xs[i % columns], ys[i / columns]); }

        var (numbers, used, indices) = (new int[grid.Length], new List<int>(), new List<uint>());
        for (var row = 1; row < rows; row++)
        {
            for (var column = 1; column < columns; column++)
            {
                var bottomRight = row * columns + column;
                var (topLeft, topRight, bottomLeft) = (bottomRight - columns - 1, bottomRight - columns, bottomRight - 1);
                // An edge that runs through the four pixels is cut along the diagonal that does not cross it.
                if (Jump(grid[topLeft].Z, grid[bottomRight].Z) < Jump(grid[topRight].Z, grid[bottomLeft].Z))
                {
                    Add(topLeft, bottomLeft, bottomRight);
                    Add(topLeft, bottomRight, topRight);
                }
                else
                {
                    Add(topLeft, bottomLeft, topRight);
                    Add(topRight, bottomLeft, bottomRight);
                }
            }
        }
        return new(
            [.. used.Select(i => new Vector3(grid[i].X, -grid[i].Y, -grid[i].Z))],
            [.. used.Select(i => new Vector2((xs[i % columns] + 0.5f) / points.Width, (ys[i / columns] + 0.5f) / points.Height))],
            [.. indices]);

        void Add(int first, int second, int third)
        {
            var jump = Math.Max(Jump(grid[first].Z, grid[second].Z), Math.Max(Jump(grid[second].Z, grid[third].Z), Jump(grid[third].Z, grid[first].Z)));
            if (!(jump <= largestJump) || float.IsNaN(grid[first].Z + grid[second].Z + grid[third].Z)) { return; }
            foreach (var corner in (ReadOnlySpan<int>)[first, second, third])
            {
                if (numbers[corner] == 0)
                {
                    used.Add(corner);
                    numbers[corner] = used.Count;
                }
                indices.Add((uint)numbers[corner] - 1);
            }
        }
    }

    /// <summary>How many columns and rows of a photo's pixels are vertices: all, or as many as keep its shape.</summary>
    public static (int Columns, int Rows) GridOf(int width, int height, int maxVertices)
    {
        if ((long)width * height <= maxVertices) { return (width, height); }
        var scale = Math.Sqrt((double)maxVertices / ((long)width * height));
        // Two of each at least, where there are as many: a single one would have no triangles.
        var columns = Math.Clamp((int)(width * scale), Math.Min(2, width), Math.Min(width, maxVertices / Math.Min(2, height)));
        return (columns, Math.Clamp((int)(height * scale), Math.Min(2, height), Math.Min(height, maxVertices / columns)));
    }

    private static int[] Spaced(int count, int pixels) => [.. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * (pixels - 1) / (count - 1)))];

    // Infinite where one of them is unknown.
    private static double Jump(float depth, float other)
    {
        var jump = ((double)Math.Max(depth, other) - Math.Min(depth, other)) / Math.Min(depth, other);
        return double.IsNaN(jump) ? double.PositiveInfinity : jump;
    }
}
