#:project ../../src/DepthPro.Estimators/DepthPro.Estimators.csproj
#:property OnnxRuntimeApplication=true
#:property PublishAot=false
// A photo to a point cloud and a mesh: dotnet run 5-point-cloud.cs
using DepthPro;

var photoFolder = Path.Combine(AppContext.GetData("EntryPointFileDirectoryPath") as string ?? ".", "..", "photos"); // beside this file's folder, wherever it is run from
using var network = DepthNetwork.Open();
var photo = Photo.FromFile(Path.Combine(photoFolder, "coffee.jpg"));
var depth = network.Estimate(photo);
var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "depthpro-point-cloud")).FullName;
var points = PointCloudFile.Write(Path.Combine(folder, "coffee.ply"), depth, photo);
var mesh = MeshFile.Write(Path.Combine(folder, "coffee.glb"), depth, photo, new MeshOptions { MaxVertices = 50_000 });
Console.WriteLine($"done: {points} points in coffee.ply, {mesh.Triangles / 1000.0:f1} thousand triangles in coffee.glb, both in {folder}");
