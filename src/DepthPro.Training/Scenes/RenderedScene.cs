namespace DepthPro.Training.Scenes;

/// <summary>A photo of a scene with its exact depth. Immutable, thread-safe.</summary>
/// <param name="Photo">8-bit RGB, with fog, blur and noise; named <c>scene-</c> and the seed.</param>
/// <param name="Depth">Metres along the optical axis at each pixel's centre, in [1e-4, 1e4]; 1e4 under the sky. Its focal length is the true one, in pixels of a
/// row: half the width by the tangent of half the field of view.</param>
/// <param name="FieldOfViewDegrees">Horizontal.</param>
/// <param name="VerticalFocalLengthPixels">In pixels of a column; another than the depth map's where the photo is squashed. A pixel's centre (x + 0.5, y + 0.5) lies at
/// depth ((x + 0.5 - width / 2) / focal length, (y + 0.5 - height / 2) / vertical focal length, 1), with x right, y down, z forward.</param>
public sealed record RenderedScene(Photo Photo, DepthMap Depth, float FieldOfViewDegrees, float VerticalFocalLengthPixels);
