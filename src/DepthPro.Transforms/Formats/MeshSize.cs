namespace DepthPro;

/// <summary>How large a mesh is.</summary>
/// <param name="Vertices">Those that a triangle has for a corner.</param>
/// <param name="Triangles">0 where no three neighbours are close enough in depth to make a surface.</param>
public readonly record struct MeshSize(int Vertices, int Triangles);
