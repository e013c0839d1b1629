namespace DepthPro;

/// <summary>How much of a network in parts is in memory at a time. Changes memory and time, not results.</summary>
public enum ResidentWeights
{
    /// <summary><see cref="All"/> where the process may use two and a half times the memory that its weights take as float32 (of a model in 8-bit integers, five times what they take, and in 4-bit integers seven and a half times), else <see cref="OneStage"/>.</summary>
    Auto,

    /// <summary>Every part stays in memory from opening to disposal: fastest for more than one photo.</summary>
    All,

    /// <summary>Each part is read when its turn comes and freed after it, for every photo anew. Estimates of several threads take turns.</summary>
    OneStage,
}
