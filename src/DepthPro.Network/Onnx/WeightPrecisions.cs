namespace DepthPro.Network.Onnx;

/// <summary>What a precision comes to. Thread-safe.</summary>
internal static class WeightPrecisions
{
    extension(WeightPrecision precision)
    {
        /// <summary>Whether the checkpoint's weights are stored as float16.</summary>
        public bool StoresHalves => precision is WeightPrecision.Float16 or WeightPrecision.Float16Compute;

        /// <summary>What <see cref="Graphs.GraphForm.WeightOnlyBits"/> a graph needs.</summary>
        public int WeightOnlyBits => precision switch { WeightPrecision.Int4WeightOnly => 4, WeightPrecision.Int8WeightOnly => 8, _ => 0 };

        /// <summary>Whether its weights are multiplied by operators of ONNX Runtime's own alone.</summary>
        public bool NeedsOnnxRuntime => precision == WeightPrecision.Int8 || precision.WeightOnlyBits > 0;
    }
}
