using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class MeshFileTests : IDisposable
{
    private static readonly DepthMap Map = new(5, 3, [.. Enumerable.Range(0, 15).Select(i => 1 + i / 200f)], 10, FocalLengthSource.Given);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_glb_with_chunks_of_the_lengths_that_it_says()
    {
        Assert.Equal(new MeshSize(15, 16), MeshFile.Write(_folder["a.glb"], Map, AnyDepth.PhotoOf(Map)));

        var file = File.ReadAllBytes(_folder["a.glb"]);
        uint At(int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
        Assert.Equal((0x46546C67u, 2u, (uint)file.Length), (At(0), At(4), At(8)));
        Assert.Equal(0x4E4F534Au, At(16));
        var binary = 20 + (int)At(12);
        Assert.Equal((0, 0x004E4942u, file.Length - binary - 8), (binary % 4, At(binary + 4), (int)At(binary)));
    }

    [Fact]
    public void Describes_its_buffers_as_the_format_wants()
    {
        MeshFile.Write(_folder["a.glb"], Map, AnyDepth.PhotoOf(Map));

        var (json, binary) = Read("a.glb");

        var views = json.GetProperty("bufferViews").EnumerateArray().Select(view => (Offset: view.GetProperty("byteOffset").GetInt32(), Length: view.GetProperty("byteLength").GetInt32())).ToList();
        Assert.Equal([(0, 15 * 12), (180, 15 * 8), (300, 48 * 4)], views[..3]);
        Assert.All(views, view => Assert.Equal(0, view.Offset % 4));
        Assert.Equal(binary.Length, json.GetProperty("buffers")[0].GetProperty("byteLength").GetInt32());
        Assert.Equal([(5126, 15, "VEC3"), (5126, 15, "VEC2"), (5125, 48, "SCALAR")], json.GetProperty("accessors").EnumerateArray()
            .Select(a => (a.GetProperty("componentType").GetInt32(), a.GetProperty("count").GetInt32(), a.GetProperty("type").GetString() ?? "")));
        var positions = MemoryMarshal.Cast<byte, Vector3>(binary.AsSpan(0, 180)).ToArray();
        Assert.Equal(Numbers(positions.Aggregate(Vector3.Min)), Numbers(json.GetProperty("accessors")[0].GetProperty("min")));
        Assert.Equal(Numbers(positions.Aggregate(Vector3.Max)), Numbers(json.GetProperty("accessors")[0].GetProperty("max")));
        Assert.Equal("KHR_materials_unlit", json.GetProperty("extensionsUsed")[0].GetString());
        Assert.Equal(2 * Math.Atan(1.5 / 10), json.GetProperty("cameras")[0].GetProperty("perspective").GetProperty("yfov").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData(4096, 5, 3)]
    [InlineData(2, 2, 1)]
    public void Carries_the_photo_scaled_down_where_it_must(int maxTextureSide, int width, int height)
    {
        MeshFile.Write(_folder["a.glb"], Map, AnyDepth.PhotoOf(Map), new() { MaxTextureSide = maxTextureSide });

        var (json, binary) = Read("a.glb");
        var view = json.GetProperty("bufferViews")[3];
        var texture = Photo.FromBytes(binary.AsSpan(view.GetProperty("byteOffset").GetInt32(), view.GetProperty("byteLength").GetInt32()));

        Assert.Equal("image/jpeg", json.GetProperty("images")[0].GetProperty("mimeType").GetString());
        Assert.Equal((width, height), (texture.Width, texture.Height));
    }

    [Fact]
    public void Is_an_empty_scene_where_there_is_no_surface()
    {
        var depth = new DepthMap(1, 1, [1], 10, FocalLengthSource.Given);

        Assert.Equal(new MeshSize(0, 0), MeshFile.Write(_folder["a.glb"], depth, AnyDepth.PhotoOf(depth)));

        var (json, binary) = Read("a.glb");
        Assert.Empty(binary);
        Assert.Equal(["asset", "scene", "scenes"], json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Follows_its_options()
    {
        var depth = new DepthMap(3, 2, [1, 1.3f, 300, 1, 1.3f, 300], 10, FocalLengthSource.Given);
        var photo = AnyDepth.PhotoOf(depth);

        Assert.Equal(0, MeshFile.Write(_folder["a.glb"], depth, photo).Triangles);
        Assert.Equal(2, MeshFile.Write(_folder["a.glb"], depth, photo, new() { LargestJump = 0.31f }).Triangles);
        Assert.Equal(4, MeshFile.Write(_folder["a.glb"], depth, photo, new() { LargestJump = float.PositiveInfinity, FarthestMeters = float.PositiveInfinity }).Triangles);
        Assert.Equal(new MeshSize(4, 2), MeshFile.Write(_folder["a.glb"], Map, AnyDepth.PhotoOf(Map), new() { MaxVertices = 4 }));
    }

    [Fact]
    public void Is_the_same_again()
    {
        MeshFile.Write(_folder["a.glb"], Map, AnyDepth.PhotoOf(Map));
        MeshFile.Write(_folder["b.glb"], Map, AnyDepth.PhotoOf(Map));

        Assert.Equal(File.ReadAllBytes(_folder["a.glb"]), File.ReadAllBytes(_folder["b.glb"]));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Refuses_what_gives_no_mesh()
    {
        var photo = AnyDepth.PhotoOf(Map);
        void Refused(string part, MeshOptions options) => Assert.Contains(part, Assert.Throws<ArgumentOutOfRangeException>(() => MeshFile.Write(_folder["a.glb"], Map, photo, options)).Message);

        Refused("FarthestMeters is 0; expected metres above 0", new() { FarthestMeters = 0 });
        Refused("LargestJump is NaN; expected a share of the depth above 0", new() { LargestJump = float.NaN });
        Refused("MaxVertices is 3; expected 4 to 16777216", new() { MaxVertices = 3 });
        Refused("MaxTextureSide is 0; expected 1 to 16384 pixels", new() { MaxTextureSide = 0 });
        var unknown = new DepthMap(5, 3, Map.Meters, float.NaN, FocalLengthSource.Unknown);
        Assert.Contains($"Mesh '{_folder["a.glb"]}' cannot be made: the depth map's focal length is unknown", Assert.Throws<ArgumentException>(() => MeshFile.Write(_folder["a.glb"], unknown, photo)).Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Nothing_is_left_where_it_cannot_be_written()
    {
        Directory.CreateDirectory(_folder["a.glb"]);

        Assert.ThrowsAny<IOException>(() => MeshFile.Write(_folder["a.glb"], Map, AnyDepth.PhotoOf(Map)));

        Assert.Equal([_folder["a.glb"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    private (JsonElement Json, byte[] Binary) Read(string name)
    {
        var file = File.ReadAllBytes(_folder[name]);
        var end = 20 + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(12));
        return (JsonDocument.Parse(file.AsMemory(20, end - 20)).RootElement, end == file.Length ? [] : file[(end + 8)..]);
    }

    private static double[] Numbers(Vector3 vector) => [vector.X, vector.Y, vector.Z];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
