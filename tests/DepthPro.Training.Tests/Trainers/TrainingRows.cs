using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Training.Tests.Trainers;

/// <summary>Rows to train on: small photos in which bright is near.</summary>
internal static class TrainingRows
{
    public const int Width = 24, Height = 16;

    // A bare MLImage property is a column only once somebody registered it.
    [ModuleInitializer]
    internal static void RegisterImages() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage));

    public static List<TrainingRow> Made(int count, int first = 0) => [.. Enumerable.Range(first, count).Select(i => new TrainingRow { Image = PhotoOf(i).ToImage(), Truth = DepthOf(i), FocalLength = 20 + i % 3 })];

    public static Photo PhotoOf(int row)
    {
        var random = new Random(row);
        var noise = new byte[3 * Width * Height];
        random.NextBytes(noise);
        return Photo.FromPixels(Width, Height, [.. Enumerable.Range(0, noise.Length).Select(i => (byte)(noise[i] / 4 + (IsNear(i / 3, row) ? 150 : 20)))]);
    }

    public static DepthMap DepthOf(int row) => new(Width, Height, [.. Enumerable.Range(0, Width * Height).Select(i => IsNear(i, row) ? 1.5f : 4)], float.NaN, FocalLengthSource.Unknown);

    private static bool IsNear(int pixel, int row) => pixel % Width < Width / 2 + row % 5 - 2;
}

internal sealed class TrainingRow
{
    public MLImage? Image { get; set; }

    public DepthMap? Truth { get; set; }

    public float FocalLength { get; set; } = float.NaN;
}
