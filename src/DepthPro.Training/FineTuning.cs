namespace DepthPro.Training;

/// <summary>What of a network learns when it has learnt before.</summary>
public enum FineTuning
{
    /// <summary>Everything: first all that depth depends on, then the focal head.</summary>
    All,

    /// <summary>Decoder and depth head; the encoders stay as they are. The focal head reads the decoder's coarsest map, so its estimates move a little.</summary>
    DecoderAndHead,

    /// <summary>The field-of-view head and its encoder; depth at a known focal length stays the same, bit for bit.</summary>
    FocalHead,
}
