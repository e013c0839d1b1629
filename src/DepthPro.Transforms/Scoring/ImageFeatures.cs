using System.Numerics.Tensors;

namespace DepthPro;

/// <summary>What the network's image encoder sees in a photo as a whole: the tokens of its vision transformer after the last norm, as features for other models. Immutable, thread-safe.</summary>
/// <remarks>The image encoder sees the photo shrunk to a quarter of the network input, 384 x 384 at full size. The numbers have no unit; their range is the network's. NaN only
/// where the network computes NaN. Source: paper (arXiv:2410.02073), section 3.1; ml-depth-pro, <c>network/encoder.py</c>, <c>image_encoder</c>.</remarks>
public sealed class ImageFeatures
{
    private readonly float[] _tokens;
    private readonly Lazy<float[]> _pooled;

    /// <summary>Takes the tokens over.</summary>
    /// <param name="tokens">(1 + grid x grid, width), the class token first.</param>
    /// <param name="grid">Tokens along one side.</param>
    /// <param name="width">Length of a token.</param>
    internal ImageFeatures(float[] tokens, int grid, int width)
    {
        (_tokens, Grid, Width) = (tokens, grid, width);
        _pooled = new(Pool);
    }

    /// <summary>Tokens along one side of the grid: 24 at full size.</summary>
    public int Grid { get; }

    /// <summary>Length of a token: 1024 at full size.</summary>
    public int Width { get; }

    /// <summary>The class token, (width): the photo as a whole, as the transformer sums it up.</summary>
    public ReadOnlyMemory<float> ClassToken => _tokens.AsMemory(0, Width);

    /// <summary>The mean of the grid's tokens, (width). Computed once, when first asked for.</summary>
    public ReadOnlyMemory<float> PooledTokens => _pooled.Value;

    /// <summary>The tokens of the photo's places, (grid, grid, width), row by row from the top left.</summary>
    public ReadOnlyMemory<float> TokenGrid => _tokens.AsMemory(Width);

    private float[] Pool()
    {
        var sum = new float[Width];
        for (var token = Width; token < _tokens.Length; token += Width) { TensorPrimitives.Add(sum, _tokens.AsSpan(token, Width), sum); }
        TensorPrimitives.Divide(sum, Grid * Grid, sum);
        return sum;
    }
}
