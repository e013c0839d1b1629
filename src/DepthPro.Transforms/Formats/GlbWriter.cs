using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace DepthPro.Formats;

/// <summary>Writes a mesh and its texture as binary glTF 2.0.</summary>
/// <remarks>Source: Khronos, "glTF 2.0 Specification", sections 3.6 (buffers and accessors) and 4.4 (GLB), and the extension KHR_materials_unlit.</remarks>
internal static class GlbWriter
{
    private const uint Version = 2;
    private const int HeaderBytes = 12, ChunkHeaderBytes = 8, Alignment = 4;
    private const int Float = 5126, UnsignedInt = 5125, VertexData = 34962, IndexData = 34963;
    private const int Linear = 9729, LinearMipmaps = 9987, ClampToEdge = 33071;

    // Nothing that a photo shows is nearer to its camera.
    private const double NearestMeters = 0.01;

    public static void Write(Stream stream, DepthMesh mesh, Photo texture, CameraPoints camera)
    {
        // Empty accessors are against the format: a mesh of nothing is a scene of nothing.
        byte[][] parts = mesh.Indices.Length == 0 ? [] : [Bytes<Vector3>(mesh.Positions), Bytes<Vector2>(mesh.TextureCoordinates), Bytes<uint>(mesh.Indices), texture.Encode(".jpg")];
        var json = Encoding.UTF8.GetBytes((parts.Length == 0 ? Scene([]) : Document(mesh, camera, [.. parts.Select(part => part.Length)])).ToJsonString());
        var (jsonBytes, binaryBytes) = (Padded(json.Length), parts.Sum(part => (long)Padded(part.Length)));
        stream.Write("glTF"u8);
        WriteNumber(stream, Version);
        WriteNumber(stream, checked((uint)(HeaderBytes + ChunkHeaderBytes + jsonBytes + (parts.Length == 0 ? 0 : ChunkHeaderBytes) + binaryBytes)));
        WriteNumber(stream, (uint)jsonBytes);
        stream.Write("JSON"u8);
        WritePadded(stream, json, (byte)' ');
        if (parts.Length == 0) { return; }
        WriteNumber(stream, (uint)binaryBytes);
        stream.Write("BIN\0"u8);
        foreach (var part in parts) { WritePadded(stream, part, 0); }
    }

    private static JsonObject Document(DepthMesh mesh, CameraPoints camera, int[] lengths)
    {
        var (min, max) = (mesh.Positions.Aggregate(Vector3.Min), mesh.Positions.Aggregate(Vector3.Max));
        var (views, offset) = (new JsonArray(), 0L);
        foreach (var (length, target) in lengths.Zip<int, int?>([VertexData, VertexData, IndexData, null]))
        {
            var view = new JsonObject { ["buffer"] = 0, ["byteOffset"] = offset, ["byteLength"] = length };
            if (target is { } use) { view["target"] = use; }
            views.Add(view);
            offset += Padded(length);
        }
        var document = Scene([0, 1]);
        document["extensionsUsed"] = new JsonArray("KHR_materials_unlit");
        document["nodes"] = new JsonArray(new JsonObject { ["name"] = "depth", ["mesh"] = 0 }, new JsonObject { ["name"] = "photo's view", ["camera"] = 0 });
        document["cameras"] = new JsonArray(new JsonObject
        {
            ["type"] = "perspective",
            ["perspective"] = new JsonObject { ["yfov"] = 2 * Math.Atan(0.5 * camera.Height / camera.FocalLengthPixels), ["aspectRatio"] = (double)camera.Width / camera.Height, ["znear"] = NearestMeters },
        });
        document["meshes"] = new JsonArray(new JsonObject
        {
            ["primitives"] = new JsonArray(new JsonObject { ["attributes"] = new JsonObject { ["POSITION"] = 0, ["TEXCOORD_0"] = 1 }, ["indices"] = 2, ["material"] = 0 }),
        });
        document["materials"] = new JsonArray(new JsonObject
        {
            ["pbrMetallicRoughness"] = new JsonObject { ["baseColorTexture"] = new JsonObject { ["index"] = 0 }, ["metallicFactor"] = 0, ["roughnessFactor"] = 1 },
            ["doubleSided"] = true,
            ["extensions"] = new JsonObject { ["KHR_materials_unlit"] = new JsonObject() },
        });
        document["textures"] = new JsonArray(new JsonObject { ["sampler"] = 0, ["source"] = 0 });
        document["samplers"] = new JsonArray(new JsonObject { ["magFilter"] = Linear, ["minFilter"] = LinearMipmaps, ["wrapS"] = ClampToEdge, ["wrapT"] = ClampToEdge });
        document["images"] = new JsonArray(new JsonObject { ["bufferView"] = 3, ["mimeType"] = "image/jpeg" });
        document["accessors"] = new JsonArray(
            new JsonObject { ["bufferView"] = 0, ["componentType"] = Float, ["count"] = mesh.Positions.Length, ["type"] = "VEC3", ["min"] = Numbers(min), ["max"] = Numbers(max) },
            new JsonObject { ["bufferView"] = 1, ["componentType"] = Float, ["count"] = mesh.Positions.Length, ["type"] = "VEC2" },
            new JsonObject { ["bufferView"] = 2, ["componentType"] = UnsignedInt, ["count"] = mesh.Indices.Length, ["type"] = "SCALAR" });
        document["bufferViews"] = views;
        document["buffers"] = new JsonArray(new JsonObject { ["byteLength"] = offset });
        return document;
    }

    private static JsonObject Scene(ReadOnlySpan<int> nodes)
    {
        var scene = new JsonObject();
        if (!nodes.IsEmpty) { scene["nodes"] = new JsonArray([.. nodes.ToArray().Select(node => JsonValue.Create(node))]); }
        return new() { ["asset"] = new JsonObject { ["version"] = "2.0", ["generator"] = "DepthPro.MLNet" }, ["scene"] = 0, ["scenes"] = new JsonArray(scene) };
    }

    // As doubles they are exactly the floats in the buffer.
    private static JsonArray Numbers(Vector3 vector) => [(double)vector.X, (double)vector.Y, (double)vector.Z];

    private static byte[] Bytes<T>(ReadOnlySpan<T> values) where T : struct => MemoryMarshal.AsBytes(values).ToArray();

    private static int Padded(int length) => checked((length + Alignment - 1) / Alignment * Alignment);

    private static void WritePadded(Stream stream, ReadOnlySpan<byte> bytes, byte padding)
    {
        stream.Write(bytes);
        for (var i = bytes.Length; i < Padded(bytes.Length); i++) { stream.WriteByte(padding); }
    }

    private static void WriteNumber(Stream stream, uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }
}
