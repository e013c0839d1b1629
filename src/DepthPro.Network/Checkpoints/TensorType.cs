namespace DepthPro.Network.Checkpoints;

/// <summary>The element types that checkpoints store; all of them are read as float32.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 binary32 (torch.float32, safetensors F32).</summary>
    Float32,

    /// <summary>IEEE 754 binary16 (torch.float16, F16); widening to float32 is exact.</summary>
    Float16,

    /// <summary>The upper half of a binary32 (torch.bfloat16, BF16); widening to float32 is exact.</summary>
    BFloat16,

    /// <summary>IEEE 754 binary64 (torch.float64, F64); narrowed to the nearest float32.</summary>
    Float64,

    /// <summary>Signed 64-bit integer (torch.int64, I64); the nearest float32.</summary>
    Int64,

    /// <summary>Signed 32-bit integer (torch.int32, I32); the nearest float32.</summary>
    Int32,

    /// <summary>Signed 16-bit integer (torch.int16, I16); exact.</summary>
    Int16,

    /// <summary>Signed 8-bit integer (torch.int8, I8); exact.</summary>
    Int8,

    /// <summary>Unsigned 8-bit integer (torch.uint8, U8); exact.</summary>
    UInt8,

    /// <summary>One byte a value (torch.bool, BOOL); 0 reads as 0, anything else as 1.</summary>
    Bool,
}

/// <summary>Facts about element types.</summary>
internal static class TensorTypes
{
    public static int ByteCount(this TensorType type) => type switch
    {
        TensorType.Float64 or TensorType.Int64 => 8,
        TensorType.Float32 or TensorType.Int32 => 4,
        TensorType.Float16 or TensorType.BFloat16 or TensorType.Int16 => 2,
        TensorType.Int8 or TensorType.UInt8 or TensorType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a tensor type."),
    };

    /// <summary>torch's word for the type: float32, bfloat16, uint8, …</summary>
    public static string TorchName(this TensorType type) => type.ToString().ToLowerInvariant();
}
