using DepthPro.Network;
using DepthPro.Network.Graphs;
using DepthPro.Network.Modules;
using DepthPro.Patches;
using DepthPro.Training.Data;

namespace DepthPro.Training.Curriculum;

/// <summary>The field of view and its loss. Not thread-safe.</summary>
internal sealed class FieldOfViewGraph(NetworkConfig config, int photos) : StageGraph(config, photos)
{
    /// <summary>The output of predicted fields of view, (N, 1, 1, 1), degrees.</summary>
    public const string PredictionName = "field_of_view_degrees";

    private const string Thumbnails = "thumbnail", Truth = "truth", Known = "known";

    public override (Graph Graph, Value Loss) Build()
    {
        var graph = new Graph("field_of_view_training");
        var thumbnail = graph.Input(Thumbnails, Photos, 3, Config.Vit.ImageSize, Config.Vit.ImageSize);
        var degrees = DepthProNetwork.EstimateFieldOfView(thumbnail, Config);
        graph.Output(PredictionName, degrees);
        var loss = DepthLossGraph.FieldOfView(degrees, graph.Input(Truth, degrees.Shape.ToArray()), graph.Input(Known, degrees.Shape.ToArray()));
        graph.Output(LossName, loss);
        return (graph, loss);
    }

    public override void Write(PreparedPhoto photo, StageInput input, SeededRandom random)
    {
        Pyramid.Level(photo.Pixels, Config.InputSize, Config.InputSize / Config.Vit.ImageSize, input(Thumbnails));
        input(Truth)[0] = photo.FieldOfViewDegrees;
        input(Known)[0] = float.IsNaN(photo.FieldOfViewDegrees) ? 0 : 1;
    }
}
