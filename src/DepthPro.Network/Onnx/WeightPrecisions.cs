using DepthPro.Network.Graphs;

namespace DepthPro.Network.Onnx;

/// <summary>What a precision comes to. Thread-safe.</summary>
internal static class WeightPrecisions
{
    extension(WeightPrecision precision)
    {
        /// <summary>Whether the checkpoint's weights are stored as float16.</summary>
        public bool StoresHalves => precision is WeightPrecision.Float16 or WeightPrecision.Float16Compute;

        /// <summary>What a model folder's graphs are built of for ONNX Runtime.</summary>
        public GraphForm Form => precision switch
        {
            WeightPrecision.Int8 => GraphForm.Int8,
            WeightPrecision.Float16Compute => GraphForm.Float16Compute,
            WeightPrecision.Int4WeightOnly => GraphForm.Int4WeightOnly,
            WeightPrecision.Int8WeightOnly => GraphForm.Int8WeightOnly,
            _ => GraphForm.OnnxRuntime,
        };

        /// <summary>What <see cref="GraphForm.WeightOnlyBits"/> a graph needs.</summary>
        public int WeightOnlyBits => precision.Form.WeightOnlyBits;

        /// <summary>Whether its weights are multiplied by operators of ONNX Runtime's own alone.</summary>
        public bool NeedsOnnxRuntime => precision.Form.QuantizedLayers || precision.WeightOnlyBits > 0;
    }
}
