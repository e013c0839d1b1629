using DepthPro;
using DepthPro.Training.Scenes;

namespace TrainingQuality;

/// <summary>Pictures for the eye: of scenes the photo, the true depth and the network's; of photos the photo and the network's.</summary>
internal static class PictureSheet
{
    private const int Width = 200, Height = 150, ScenesInSheet = 8;

    public static void Write(string folder, DepthNetwork network, IEnumerable<string> photos)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, options) in new[] { ("plain", SceneOptions.Plain), ("wide", SceneOptions.Wide) })
        {
            var scenes = new HeldOutScenes(name, options with { AspectRatio = new((double)Width / Height, (double)Width / Height) }, ScenesInSheet).Render(Width, Height).ToList();
            Join([.. scenes.Select(scene => Column(scene.Photo, Coloured(scene.Depth, scene.Depth), Coloured(network.Estimate(scene.Photo, scene.Depth.FocalLengthPixels), scene.Depth)))])
                .Save(Path.Combine(folder, $"{name}.png"));
        }
        Join([.. photos.Select(path =>
        {
            var photo = Photo.FromFile(path);
            var depth = network.Estimate(photo);
            return Column(Small(photo), Small(DepthVisuals.Colorize(depth)));
        })]).Save(Path.Combine(folder, "photos.png"));
    }

    // In the truth's colours, so that the scale can be compared too.
    private static Photo Coloured(DepthMap depth, DepthMap truth)
    {
        var nearest = Math.Max(truth.Min, 0.1f);
        return DepthVisuals.Colorize(depth, nearest, HeldOutScenes.Range.MaxDepth);
    }

    private static Photo Small(Photo picture)
    {
        var rgb = new byte[Width * Height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var (pixel, channel) = (i / 3, i % 3);
            rgb[i] = picture.Rgb[3 * (pixel / Width * picture.Height / Height * picture.Width + pixel % Width * picture.Width / Width) + channel];
        }
        return Photo.FromPixels(Width, Height, rgb);
    }

    private static Photo Column(params IReadOnlyList<Photo> pictures)
        => Photo.FromPixels(Width, pictures.Count * Height, [.. pictures.SelectMany(picture => picture.Rgb.ToArray())]);

    private static Photo Join(IReadOnlyList<Photo> columns) => columns.Aggregate(DepthVisuals.SideBySide);
}
