using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>A column that a transformer adds.</summary>
internal readonly record struct OutputColumn(string Name, DataViewType Type);
