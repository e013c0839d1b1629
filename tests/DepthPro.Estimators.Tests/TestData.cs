using System.Runtime.CompilerServices;
using DepthPro.Network;
using DepthPro.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Estimators.Tests;

/// <summary>Photos, rows and models that several tests use.</summary>
internal static class TestData
{
    // A bare MLImage property is a column only once somebody registered it, and a test may make its data before any code of ours has run.
    [ModuleInitializer]
    internal static void RegisterImages() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage));

    /// <summary>200 x 150 and 90 x 160.</summary>
    public static string[] TwoPhotos { get; } = [Goldens.PathOf("micro", "a_200x150.png"), Goldens.PathOf("micro", "d_90x160.png")];

    public static string ExifPhoto { get; } = Goldens.PathOf("images", "f35_26.jpg");

    public static string PlainPhoto { get; } = Goldens.PathOf("images", "plain.jpg");

    public static IDataView Paths(MLContext ml, params string[] paths) => ml.Data.LoadFromEnumerable(paths.Select(path => new PathRow { Path = path }).ToList());

    /// <summary>A smooth picture; the caller disposes it.</summary>
    public static MLImage Picture(int width, int height, byte blue = 128)
    {
        var pixels = new byte[4 * width * height];
        for (var i = 0; i < width * height; i++)
        {
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (blue, (byte)(255 * (i % width) / width), (byte)(255 * (i / width) / height), 255);
        }
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    /// <summary>Converts the micro checkpoint to a model folder.</summary>
    public static DepthProModel MicroModel(string folder, bool singleFile = false) => ModelConverter.Convert(Goldens.PathOf("micro", "depth_pro.pt"), folder,
        new ConversionOptions { Config = ModelManifest.Read(Goldens.PathOf("micro", "network.json")).Network, SingleFile = singleFile });

    /// <summary>The value of a column in the only row.</summary>
    public static T Only<T>(this IDataView view, string column) => Assert.Single(view.GetColumn<T>(column));
}

internal sealed class PathRow
{
    public string Path { get; set; } = "";
}

internal sealed class ImageRow
{
    public MLImage? Image { get; set; }

    public float FocalLength { get; set; } = float.NaN;
}

internal sealed class DepthRow
{
    public DepthMap? Depth { get; set; }
}
