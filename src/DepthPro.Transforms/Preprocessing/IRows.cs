namespace DepthPro.Preprocessing;

/// <summary>A source image whose rows come out at the target's width.</summary>
internal interface IRows
{
    /// <summary>Writes source row <paramref name="row"/>, resized along x, to <paramref name="target"/>.</summary>
    void Read(int row, Span<float> target);
}
