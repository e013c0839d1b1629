using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

public sealed class CalibrateScaleTests
{
    private readonly MLContext _ml = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scales_every_row_by_one_factor(bool savedAndLoaded)
    {
        using var folder = new TemporaryFolder();
        DepthMap[] maps = [CompareDepthTests.DepthOf(2, 1, 2, float.NaN), CompareDepthTests.DepthOf(1, 1, 8)];
        var data = _ml.Data.LoadFromEnumerable(maps.Select(map => new DepthRow { Depth = map }).ToList());
        var calibration = ScaleCalibration.FromDepth(maps[0], 0, 0, knownMeters: 2.5);

        ITransformer model = _ml.Transforms.CalibrateScale("Depth", calibration).Fit(data);
        if (savedAndLoaded)
        {
            _ml.Model.Save(model, null, folder["model.zip"]);
            model = new MLContext().Model.Load(folder["model.zip"], out _);
        }

        Assert.Equal([[2.5f, float.NaN], [10f]], model.Transform(data).GetColumn<DepthMap>("Depth").Select(map => map.Meters.ToArray()));
    }

    [Fact]
    public void Tells_its_factor() =>
        Assert.Equal(1.25, _ml.Transforms.CalibrateScale("Depth", new(2, 2.5)).Fit(_ml.Data.LoadFromEnumerable(Array.Empty<DepthRow>())).Calibration.Factor);

    [Fact]
    public void Names_the_row_without_a_map()
    {
        var data = _ml.Data.LoadFromEnumerable([new DepthRow()]);
        var view = _ml.Transforms.CalibrateScale("Scaled", new(1, 2), "Depth").Fit(data).Transform(data);
        Assert.StartsWith("Column 'Depth', row 0 holds no depth map", Assert.Throws<InvalidDataException>(() => view.Only<DepthMap>("Scaled")).Message, StringComparison.Ordinal);
    }
}
