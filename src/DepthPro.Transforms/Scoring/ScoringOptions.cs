namespace DepthPro;

/// <summary>How the network is run; changes speed and memory, not results (but for <see cref="PatchesPerRun"/> of an int8 model). Immutable, thread-safe.</summary>
public sealed record ScoringOptions
{
    /// <summary>Where it runs.</summary>
    public DeviceOptions Device { get; init; } = new();

    /// <summary>Patches encoded at a time, 1 to 35; fewer take less memory. 0 chooses: on the CPU by their size, 1 at full size; all elsewhere. Activations of an int8 model are rounded by the range of all patches of a run, so its depth changes slightly with this. A network in a single ONNX file ignores it.</summary>
    public int PatchesPerRun { get; init; }

    /// <summary>How much of the network is in memory at a time. A network in a single ONNX file ignores it.</summary>
    public ResidentWeights ResidentWeights { get; init; }
}
