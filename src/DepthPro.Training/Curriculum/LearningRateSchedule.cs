namespace DepthPro.Training;

/// <summary>How the learning rate changes over a stage. The defaults are the paper's (table 16): 1 % warm-up, 80 % constant, 19 % at a tenth. Immutable, thread-safe.</summary>
public sealed record LearningRateSchedule
{
    /// <summary>Share of the steps over which the rate rises from 0, 0 to 1.</summary>
    public double WarmUp { get; init; } = 0.01;

    /// <summary>Share of the steps that follow at the full rate, 0 to 1.</summary>
    public double Constant { get; init; } = 0.8;

    /// <summary>Part of the full rate that the rest has, or ends with.</summary>
    public double Final { get; init; } = 0.1;

    /// <summary>Whether the rate falls gradually, along half a cosine, instead of at once.</summary>
    public bool Gradual { get; init; }

    /// <summary>The factor of the learning rate.</summary>
    /// <param name="progress">Share of the stage's steps that are done, 0 to 1.</param>
    public double At(double progress)
    {
        if (progress < WarmUp) { return progress / WarmUp; }
        var rest = progress - WarmUp - Constant;
        if (rest < 0 || WarmUp + Constant >= 1) { return 1; }
        return Gradual ? Final + (1 - Final) * (1 + Math.Cos(Math.PI * rest / (1 - WarmUp - Constant))) / 2 : Final;
    }
}
