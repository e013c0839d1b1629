using DepthPro.Training.Scenes.Geometry;

namespace DepthPro.Training.Scenes.Content;

/// <summary>How one kind of object is made and where it belongs.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Radius">Of a circle on the ground that holds it, metres.</param>
/// <param name="NearestMeters">The smallest distance to the camera that suits its size.</param>
/// <param name="Build">Puts one on a frame's origin.</param>
internal sealed record ObjectRecipe(SceneObjectKind Kind, double Radius, double NearestMeters, Action<SceneBuilder, Frame> Build)
{
    /// <summary>Stands with its back to a wall where there is one.</summary>
    public bool AtWall { get; init; }

    /// <summary>What belongs to a place, in the order of the kinds.</summary>
    public static IReadOnlyList<ObjectRecipe> For(ScenePlace place) => place switch
    {
        ScenePlace.Room => Room,
        ScenePlace.OpenGround => OpenGround,
        ScenePlace.Yard => Yard,
        ScenePlace.TableTop => TableTop,
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, $"There is no place {place}; expected one of {string.Join(", ", Enum.GetNames<ScenePlace>())}."),
    };

    private static readonly ObjectRecipe
        Box = new(SceneObjectKind.Box, 0.6, 1, Solids.Box),
        Ball = new(SceneObjectKind.Ball, 0.45, 0.8, Solids.Ball),
        Cylinder = new(SceneObjectKind.Cylinder, 0.45, 1, Solids.Cylinder),
        Cone = new(SceneObjectKind.Cone, 0.6, 1.2, Solids.Cone),
        Rod = new(SceneObjectKind.Rod, 0.3, 0.5, Solids.Rod),
        Fence = new(SceneObjectKind.Fence, 2, 2.5, Outdoors.Fence),
        Plant = new(SceneObjectKind.Plant, 0.5, 0.8, Plants.Potted),
        Tree = new(SceneObjectKind.Tree, 1.2, 4, Plants.Tree),
        Conifer = new(SceneObjectKind.Conifer, 1.5, 4, Plants.Conifer),
        Bush = new(SceneObjectKind.Bush, 0.9, 1.6, Plants.Bush),
        Table = new(SceneObjectKind.Table, 0.8, 1.4, Furniture.Table),
        Chair = new(SceneObjectKind.Chair, 0.35, 0.9, Furniture.Chair),
        Shelf = new(SceneObjectKind.Shelf, 0.6, 1.4, Furniture.Shelf) { AtWall = true },
        Sofa = new(SceneObjectKind.Sofa, 0.9, 1.6, Furniture.Sofa) { AtWall = true },
        Lamp = new(SceneObjectKind.Lamp, 0.25, 0.8, Furniture.Lamp),
        Person = new(SceneObjectKind.Person, 0.4, 1.2, Outdoors.Person),
        Car = new(SceneObjectKind.Car, 2.4, 4.5, Outdoors.Car),
        Building = new(SceneObjectKind.Building, 11, 18, Outdoors.Building),
        Rock = new(SceneObjectKind.Rock, 0.8, 1.5, Solids.Rock),
        Carton = new(SceneObjectKind.Box, 0.12, 0.3, Solids.Carton),
        SmallBall = new(SceneObjectKind.Ball, 0.07, 0.25, Solids.SmallBall),
        SmallPlant = new(SceneObjectKind.Plant, 0.12, 0.3, Plants.Small),
        Bottle = new(SceneObjectKind.Bottle, 0.05, 0.25, Solids.Bottle),
        Cup = new(SceneObjectKind.Cup, 0.07, 0.25, Solids.Cup),
        Books = new(SceneObjectKind.Books, 0.17, 0.3, Solids.Books);

    private static readonly ObjectRecipe[]
        Room = [Box, Ball, Cylinder, Rod, Plant, Table, Chair, Chair, Shelf, Shelf, Sofa, Lamp, Person],
        OpenGround = [Box, Ball, Cylinder, Cone, Rod, Fence, Tree, Tree, Conifer, Bush, Person, Car, Building, Building, Rock],
        Yard = [Box, Ball, Cylinder, Rod, Rod, Fence, Plant, Tree, Conifer, Bush, Bush, Table, Chair, Person, Rock],
        TableTop = [Carton, SmallBall, SmallPlant, Bottle, Bottle, Cup, Cup, Books, Books];
}
