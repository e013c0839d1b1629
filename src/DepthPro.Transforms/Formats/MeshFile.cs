using DepthPro.Formats;

namespace DepthPro;

/// <summary>Writes meshes as GLB files (binary glTF 2.0), which browsers, Blender and game engines show: the scene's surfaces with the photo on them. Thread-safe.</summary>
/// <remarks>Metres; the camera is at the origin, x right, y up, and looks along -z, as glTF has it. The photo lights the scene already, so its texture is shown
/// unlit (KHR_materials_unlit), from both sides. The photo's own view is in the file as a camera.</remarks>
public static class MeshFile
{
    /// <summary>Writes the mesh; a file at <paramref name="path"/> is replaced when the new one is complete.</summary>
    /// <param name="path">The .glb file.</param>
    /// <param name="depth">With a known focal length; what is not finite and above 0 is unknown, and a hole.</param>
    /// <param name="photo">As large as <paramref name="depth"/>; becomes a JPEG in the file.</param>
    /// <param name="options">Where the mesh is cut and how large it may be; null for the defaults.</param>
    /// <returns>The mesh's size; where it is nothing, the file holds an empty scene.</returns>
    /// <exception cref="ArgumentException">The focal length is unknown, the sizes differ, or the options are out of range.</exception>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist (<see cref="DirectoryNotFoundException"/>); nothing of it is left.</exception>
    public static MeshSize Write(string path, DepthMap depth, Photo photo, MeshOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(depth);
        ArgumentNullException.ThrowIfNull(photo);
        options ??= new();
        options.Validate();
        var points = new CameraPoints(depth, photo, options.FarthestMeters, $"Mesh '{path}'");
        var mesh = DepthMesh.Of(points, options.LargestJump, options.MaxVertices);
        AtomicFile.Write(path, stream => GlbWriter.Write(stream, mesh, photo.ShrinkToFit(options.MaxTextureSide), points));
        return new(mesh.Positions.Length, mesh.Indices.Length / 3);
    }
}
