namespace DepthPro;

/// <summary>Which features <see cref="DepthFeatures"/> computes. Immutable, thread-safe.</summary>
public sealed record DepthFeatureOptions
{
    /// <summary>False: depths are in metres. True: each depth is taken relative to the map's median, so that a map and the same map times any factor have the same
    /// features; for depth whose scale means nothing, and for what does not depend on scale.</summary>
    public bool ScaleFree { get; init; }
}
