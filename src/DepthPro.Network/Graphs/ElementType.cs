namespace DepthPro.Network.Graphs;

/// <summary>What a tensor is made of, where a graph casts: TensorProto.DataType.</summary>
internal enum ElementType
{
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
}
