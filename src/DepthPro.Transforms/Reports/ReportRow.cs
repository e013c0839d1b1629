namespace DepthPro.Reports;

/// <summary>What a report keeps of one image: its numbers, and pictures as data URIs.</summary>
/// <param name="Name">What the image is called.</param>
/// <param name="Comparison">Its metrics.</param>
/// <param name="Errors">Its pixels' relative errors; null without true depth.</param>
/// <param name="Pictures">Photo, truth, matte, prediction, error map, as far as there are any.</param>
internal sealed record ReportRow(string Name, DepthComparison Comparison, ErrorHistogram? Errors, IReadOnlyList<(string Kind, string DataUri)> Pictures);
