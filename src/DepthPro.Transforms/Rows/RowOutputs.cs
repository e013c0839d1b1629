namespace DepthPro.Rows;

/// <summary>What a transformer offers for one row or cursor.</summary>
/// <param name="Getters">For each output column what makes its <see cref="Microsoft.ML.ValueGetter{TValue}"/>, called when a reader asks for that column.</param>
/// <param name="Close">What is to do at the cursor's end.</param>
internal sealed record RowOutputs(IReadOnlyList<Func<Delegate>> Getters, Action? Close = null);
