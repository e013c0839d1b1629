namespace DepthPro.Training.Scenes.Shading;

/// <summary>The light and air of a scene.</summary>
/// <param name="Light">The light that casts shadows.</param>
/// <param name="AmbientAbove">Light from all sides on surfaces that face up.</param>
/// <param name="AmbientBelow">The same on surfaces that face down.</param>
/// <param name="Sky">Beyond everything.</param>
/// <param name="FogPerMeter">Attenuation by fog; 0 for clear air.</param>
internal sealed record Atmosphere(Light Light, Color AmbientAbove, Color AmbientBelow, Sky Sky, double FogPerMeter);
