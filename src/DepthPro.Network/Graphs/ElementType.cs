namespace DepthPro.Network.Graphs;

/// <summary>What a tensor is made of: TensorProto.DataType.</summary>
internal enum ElementType
{
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
}
