using System.Reflection;
using DepthPro.Depth;
using DepthPro.Features;
using DepthPro.Imaging;
using DepthPro.Patches;
using DepthPro.Preprocessing;
using DepthPro.Rows;
using DepthPro.Scoring;
using DepthPro.Visuals;

namespace DepthPro.Transforms.Tests.Rows;

/// <summary>What saved pipelines hold. Changing an expectation here breaks the pipelines that users have.</summary>
public sealed class StoredFormTests
{
    private const string Model = "\"model\":{\"name\":\"big\",\"path\":\"/models/big\",\"sha256\":\"00\",\"inputSize\":1536,\"patchSize\":384,\"outputSize\":1536}";
    private const string Device = "\"device\":{\"device\":\"auto\",\"index\":0,\"allowFallback\":false,\"threads\":0,\"providerOptions\":{}}";

    private static IEnumerable<Type> Transformers => typeof(RowTransformer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RowTransformer)) && !t.IsAbstract);

    [Fact]
    public void Names_every_transformer_with_eight_characters_of_its_own()
    {
        string[] names = [.. Transformers.Select(type => type.GetField("SavedAs", BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue()).Select(Assert.IsType<string>)];
        Assert.True(names.Length >= 12, $"There are {names.Length} transformers; expected twelve or more.");
        Assert.All(names, name => Assert.Equal(8, name.Length));
        Assert.Equal(names, names.Distinct());
    }

    [Fact]
    public void Lists_every_transformer_as_loadable()
    {
        var transformers = Transformers.ToHashSet();
        var loadable = typeof(RowTransformer).Assembly.GetCustomAttributesData()
            .Where(a => a.AttributeType.Name == "LoadableClassAttribute").Select(a => a.ConstructorArguments[0].Value).OfType<Type>().ToHashSet();
        Assert.Equal(transformers, loadable);
    }

    [Fact]
    public void Keeps_options_as_json()
    {
        Same<PhotoLoadingTransformer>("""{"outputColumnName":"Image","inputColumnName":"Path","imageFolder":"/photos","focalLengthColumnName":"F"}""");
        Same<DepthInputTransformer>("""{"output":"Input","input":"Image","size":64}""");
        Same<DepthPatchTransformer>("""{"output":"Patches","input":"Input"}""");
        Same<MetricDepthTransformer>("""{"output":"Depth","inverseDepth":"C","image":"Image","fieldOfView":"Fov"}""");
        const string scoring = "\"scoring\":{" + Device + ",\"patchesPerRun\":5,\"residentWeights\":\"oneStage\"}";
        Same<DepthScoringTransformer>($$"""{"options":{"outputColumnName":"C","inputColumnName":"Input","fieldOfViewOutputColumnName":"Fov",{{scoring}}},{{Model}}}""");
        Same<DepthEstimationTransformer>($$"""{"options":{"outputColumnName":"Depth","inputColumnName":"Image",{{scoring}}},{{Model}}}""");
        Same<DepthColorizingTransformer>("""{"output":"Picture","input":"Depth","options":{"colormap":"viridis","scale":"logarithmic","nearestMeters":0.5,"scaleBar":true}}""");
        Same<DepthFeaturizingTransformer>("""{"output":"Features","input":"Depth","options":{"scaleFree":true}}""");
        Same<DepthScalingTransformer>("""{"output":"Scaled","input":"Depth","calibration":{"measuredMeters":2,"knownMeters":2.5}}""");
        Same<FocalLengthLockingTransformer>("""{"output":"Locked","input":"FocalLength","image":"Image","lock":{"relativeFocalLength":0.75}}""");
    }

    [Fact]
    public void Keeps_the_sizes_of_image_features_that_are_asked_for()
    {
        const string scoring = "\"scoring\":{" + Device + ",\"patchesPerRun\":5,\"residentWeights\":\"auto\"}";
        const string sizes = ",\"tokenGrid\":24,\"tokenWidth\":1024}";
        Same<DepthScoringTransformer>($$"""{"options":{"outputColumnName":"C","pooledTokensOutputColumnName":"Pooled",{{scoring}}},{{Model[..^1]}}{{sizes}}}""");
        Same<DepthEstimationTransformer>($$"""{"options":{"outputColumnName":"Depth","classTokenOutputColumnName":"Class","tokenGridOutputColumnName":"Grid",{{scoring}}},{{Model[..^1]}}{{sizes}}}""");
    }

    [Fact]
    public void Reads_options_from_before_a_member_was_added()
    {
        const string scoring = "\"scoring\":{" + Device + ",\"patchesPerRun\":5}";
        var transformer = FromJson<DepthEstimationTransformer>($$"""{"options":{"outputColumnName":"Depth","inputColumnName":"Image",{{scoring}}},{{Model}}}""");
        Assert.Contains("\"residentWeights\":\"auto\"", JsonOf(transformer), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_it_cannot_read()
    {
        var error = Assert.Throws<InvalidDataException>(() => FromJson<DepthInputTransformer>("""{"output":"Input","input":"Image","side":64}"""));
        Assert.Contains("'side'", error.Message, StringComparison.Ordinal);
        Assert.Contains("version", error.Message, StringComparison.Ordinal);
    }

    private static void Same<T>(string json)
        where T : RowTransformer, IStoredTransformer<T>
        => Assert.Equal(json, JsonOf(FromJson<T>(json)));

    private static string? JsonOf(RowTransformer transformer) =>
        transformer.GetType().GetMethod("ToJson", BindingFlags.Instance | BindingFlags.NonPublic)?.Invoke(transformer, null) as string;

    private static T FromJson<T>(string json)
        where T : RowTransformer, IStoredTransformer<T> => T.FromJson(json);
}
