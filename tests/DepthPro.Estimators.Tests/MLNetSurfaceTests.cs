using System.Reflection;
using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

/// <summary>
/// What compiles against the stand-in for ML.NET must compile against ML.NET: each public member of the stand-in is one of the genuine
/// ones. On genuine assemblies the same reflection must find a few members that this repository is built on.
/// </summary>
public sealed class MLNetSurfaceTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(IDataView).Assembly, typeof(ITransformer).Assembly, typeof(MLContext).Assembly, typeof(MLImage).Assembly];

    private static bool IsStandIn(Assembly assembly) =>
        assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(metadata => metadata is { Key: "MLNetSource", Value: "standin" });

    [Fact]
    public void Is_genuine_member_for_member_when_it_is_the_stand_in()
    {
        var genuine = File.ReadLines(Goldens.PathOf("mlnet", "mlnet-public-api.txt"))
            .Concat(File.ReadLines(Goldens.PathOf("mlnet", "mlnet-public-api-transforms.txt"))).ToHashSet();
        string[] invented = [.. Assemblies.Where(IsStandIn).SelectMany(PublicSurface.Of).Where(line => !genuine.Contains(line))];
        Assert.True(invented.Length == 0, $"{invented.Length} members of the stand-in are not in ML.NET:\n{string.Join('\n', invented)}");
    }

    [Fact]
    public void Has_the_members_this_repository_is_built_on_whatever_its_source()
    {
        var surface = Assemblies.SelectMany(PublicSurface.Of).ToHashSet();
        Assert.All(
        [
            "Microsoft.ML.Core | Microsoft.ML.ITransformer | method | public Microsoft.ML.Data.IRowToRowMapper GetRowToRowMapper(Microsoft.ML.DataViewSchema inputSchema)",
            "Microsoft.ML.Data | Microsoft.ML.Data.DataViewTypeManager | method | public static void Register(Microsoft.ML.Data.DataViewType dataViewType, System.Type type, Microsoft.ML.Data.DataViewTypeAttribute typeAttribute = null)",
            "Microsoft.ML.Data | Microsoft.ML.ModelOperationsCatalog | method | public Microsoft.ML.ITransformer Load(string filePath, out Microsoft.ML.DataViewSchema inputSchema)",
            "Microsoft.ML.DataView | Microsoft.ML.ValueGetter<TValue> | type | public delegate void Microsoft.ML.ValueGetter<TValue>(ref TValue value)",
            "Microsoft.ML.ImageAnalytics | Microsoft.ML.Data.MLImage | property | public System.ReadOnlySpan<byte> Pixels { get; }",
        ], (string line) => Assert.Contains(line, surface));
    }

    [Fact]
    public void Comes_from_one_source_only() => Assert.Single(Assemblies.Select(IsStandIn).Distinct());
}
