using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Rows;

/// <summary>A column that a transformer adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Annotations">What is known of it besides, such as the names of its slots.</param>
internal readonly record struct OutputColumn(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations = null);
