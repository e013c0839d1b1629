namespace DepthPro.Cli;

/// <summary>Which of the photos are to be estimated now.</summary>
/// <param name="Photos">In the order of the inputs.</param>
/// <param name="Finished">How many are done already.</param>
internal sealed record EstimatePlan(IReadOnlyList<PhotoInput> Photos, int Finished)
{
    /// <summary>Leaves out what other shards do and, in a resumed run, what is done.</summary>
    /// <param name="settings">What was asked.</param>
    /// <param name="found">All photos: their outputs' names depend on each other.</param>
    /// <param name="model">The one that estimates; its weights are not needed.</param>
    public static EstimatePlan Of(EstimateSettings settings, IReadOnlyList<PhotoInput> found, DepthProModel model)
    {
        List<PhotoInput> mine = [.. found.Where(photo => settings.Shard is not { } shard || shard.Holds(photo.RelativePath))];
        if (!settings.Resume) { return new(mine, 0); }
        var finished = new FinishedPhotos(settings, model.Sha256);
        List<PhotoInput> left = [.. mine.Where(photo => !finished.Hold(photo))];
        return new(left, mine.Count - left.Count);
    }
}
