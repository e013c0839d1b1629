using System.Numerics;
using DepthPro.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace DepthPro.Transforms.Tests.Formats;

public sealed class DepthMeshTests
{
    private const float Jump = 0.1f;

    [Fact]
    public void A_plane_is_whole()
    {
        var mesh = Mesh(Map(4, 3, (_, _) => 2));

        Assert.Equal((12, 3 * 2 * 3 * 2), (mesh.Positions.Length, mesh.Indices.Length));
        Assert.All(mesh.Positions, position => Assert.Equal(-2, position.Z));
        Assert.Equal(new Vector3(-1.5f * 2 / 10, 1 * 2 / 10f, -2), mesh.Positions.MinBy(position => position.X - position.Y)); // top left: y is up
    }

    [Fact]
    public void An_edge_is_cut_and_a_slope_is_not()
    {
        var edge = Mesh(Map(4, 2, (x, _) => x < 2 ? 1 : 1.11f));
        var slope = Mesh(Map(4, 2, (x, _) => MathF.Pow(1.09f, x)));

        Assert.Equal((8, 4 * 3), (edge.Positions.Length, edge.Indices.Length));
        Assert.Equal((8, 6 * 3), (slope.Positions.Length, slope.Indices.Length));
    }

    [Fact]
    public void A_corner_of_a_quad_that_is_cut_leaves_the_other_three()
    {
        for (var corner = 0; corner < 4; corner++)
        {
            foreach (var depth in (float[])[9, float.NaN, 0, float.PositiveInfinity, 300])
            {
                var mesh = Mesh(Map(2, 2, (x, y) => 2 * y + x == corner ? depth : 1));

                Assert.Equal((3, 3), (mesh.Positions.Length, mesh.Indices.Length));
            }
        }
    }

    [Fact]
    public void No_triangle_spans_a_jump_or_hides_from_the_camera() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(AnyDepth.NearMaps), depth =>
    {
        var mesh = Mesh(depth);

        foreach (var triangle in mesh.Indices.Chunk(3))
        {
            Vector3[] corners = [.. triangle.Select(i => mesh.Positions[i])];
            Assert.True(corners.Max(corner => -corner.Z) <= corners.Min(corner => -corner.Z) * (1 + Jump) * 1.000001);
            var normal = Vector3.Cross(corners[1] - corners[0], corners[2] - corners[0]);
            Assert.True(Vector3.Dot(normal, -corners[0]) > 0, "The front of a triangle looks to the camera, at the origin.");
        }
        Assert.Equal(mesh.Positions.Length, mesh.Indices.Distinct().Count());
    }));

    [Fact]
    public void Every_vertex_has_the_depth_and_the_place_of_its_texture() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(AnyDepth.NearMaps), Arb.From(Gen.Choose(4, 200)), (depth, maxVertices) =>
    {
        var mesh = Mesh(depth, maxVertices);

        Assert.InRange(mesh.Positions.Length, 0, maxVertices);
        foreach (var (position, texture) in mesh.Positions.Zip(mesh.TextureCoordinates))
        {
            var (x, y) = (texture.X * depth.Width, texture.Y * depth.Height);
            Assert.Equal(depth[(int)x, (int)y], -position.Z);
            Assert.Equal(x, position.X / -position.Z * depth.FocalLengthPixels + depth.Width / 2.0, 1e-3);
            Assert.Equal(y, -position.Y / -position.Z * depth.FocalLengthPixels + depth.Height / 2.0, 1e-3);
        }
    }));

    [Fact]
    public void Whatever_depths_there_are_the_mesh_is_finite() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(AnyDepth.Maps), depth =>
    {
        var mesh = DepthMesh.Of(new(depth, AnyDepth.PhotoOf(depth), float.PositiveInfinity, "Mesh"), float.PositiveInfinity, 1000);

        Assert.All(mesh.Positions, position => Assert.True(float.IsFinite(position.X) && float.IsFinite(position.Y) && position.Z < 0 && float.IsFinite(position.Z)));
        Assert.All(mesh.Indices, index => Assert.InRange(index, 0u, (uint)mesh.Positions.Length - 1));
    }));

    [Theory]
    [InlineData(4000, 3000, 250_000, 577, 433)]
    [InlineData(240, 160, 250_000, 240, 160)]
    [InlineData(1, 1_000_000, 1000, 1, 1000)]
    [InlineData(1_000_000, 1, 1000, 1000, 1)]
    [InlineData(1_000_000, 2, 1000, 500, 2)]
    [InlineData(3, 1_000_000, 1000, 2, 500)]
    [InlineData(16_384, 16_384, 4, 2, 2)]
    public void A_large_photo_gives_no_more_vertices_than_may_be(int width, int height, int maxVertices, int columns, int rows)
        => Assert.Equal((columns, rows), DepthMesh.GridOf(width, height, maxVertices));

    [Fact]
    public void A_thinned_mesh_reaches_the_photos_borders()
    {
        var mesh = Mesh(Map(101, 57, (_, _) => 1), 60);

        Assert.Equal((0.5f / 101, 100.5f / 101), (mesh.TextureCoordinates.Min(at => at.X), mesh.TextureCoordinates.Max(at => at.X)));
        Assert.Equal((0.5f / 57, 56.5f / 57), (mesh.TextureCoordinates.Min(at => at.Y), mesh.TextureCoordinates.Max(at => at.Y)));
    }

    private static DepthMesh Mesh(DepthMap depth, int maxVertices = 1000) => DepthMesh.Of(new(depth, AnyDepth.PhotoOf(depth), 250, "Mesh"), Jump, maxVertices);

    private static DepthMap Map(int width, int height, Func<int, int, float> meters) =>
        new(width, height, [.. Enumerable.Range(0, width * height).Select(i => meters(i % width, i / width))], 10, FocalLengthSource.Given);
}
