using System.Diagnostics;

namespace DepthPro.Scoring;

/// <summary>Announces each part of the network that runs to whoever listens to the activity source "DepthPro", such as OpenTelemetry.</summary>
internal static class ScoringActivity
{
    private static readonly ActivitySource Source = new("DepthPro");

    /// <summary>Begins a part's activity, which ends when disposed; null when nobody listens.</summary>
    public static Activity? Start(string part) => Source.StartActivity(part);
}
