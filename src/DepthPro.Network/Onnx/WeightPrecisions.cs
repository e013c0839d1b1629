namespace DepthPro.Network.Onnx;

/// <summary>What a precision comes to. Thread-safe.</summary>
internal static class WeightPrecisions
{
    extension(WeightPrecision precision)
    {
        /// <summary>Whether the checkpoint's weights are stored as float16.</summary>
        public bool StoresHalves => precision is WeightPrecision.Float16 or WeightPrecision.Float16Compute;
    }
}
