#:project ../../src/DepthPro.Estimators/DepthPro.Estimators.csproj
#:property OnnxRuntimeApplication=true
#:property PublishAot=false
// A photo to a point cloud and a mesh: dotnet run 5-point-cloud.cs
using DepthPro;

using var network = DepthNetwork.Open();
var photo = Photo.FromFile("../photos/coffee.jpg");
var depth = network.Estimate(photo);
var folder = Directory.CreateTempSubdirectory("depthpro-points-").FullName;
var points = PointCloudFile.Write(Path.Combine(folder, "coffee.ply"), depth, photo);
var mesh = MeshFile.Write(Path.Combine(folder, "coffee.glb"), depth, photo, new MeshOptions { MaxVertices = 50_000 });
Console.WriteLine($"done: {points} points in coffee.ply, {mesh.Vertices} vertices and {mesh.Triangles} triangles in coffee.glb, both in {folder}");
