namespace DepthPro.Training.Scenes;

/// <summary>What stands in a scene. Sizes in metres are those of the things' real likes, so that metric scale can be learnt.</summary>
public enum SceneObjectKind
{
    /// <summary>A crate of 0.2 to 1.2 m; on a table a carton of 5 to 25 cm.</summary>
    Box,

    /// <summary>A ball of 0.2 to 0.9 m; on a table of 4 to 14 cm.</summary>
    Ball,

    /// <summary>A drum or bin of 0.3 to 1.2 m.</summary>
    Cylinder,

    /// <summary>A traffic cone or a tent-like cone of 0.4 to 1.6 m.</summary>
    Cone,

    /// <summary>A pole 1 to 4 m long and 1 to 6 cm thick, upright or leaning, some with a ball or a sign on top.</summary>
    Rod,

    /// <summary>A fence of posts and rails or of upright bars, 0.8 to 1.8 m high.</summary>
    Fence,

    /// <summary>A pot with 15 to 60 leaves; on a table a small one.</summary>
    Plant,

    /// <summary>A trunk with branches and a crown of leaves or of foliage balls, 3 to 9 m.</summary>
    Tree,

    /// <summary>A conifer of stacked cones, 2 to 10 m.</summary>
    Conifer,

    /// <summary>A bush of foliage balls and leaves, 0.5 to 1.6 m.</summary>
    Bush,

    /// <summary>A table of 0.7 to 0.78 m height, with things on it.</summary>
    Table,

    /// <summary>A chair with a seat at 0.45 m.</summary>
    Chair,

    /// <summary>A cupboard or a shelf with books, 0.7 to 2.1 m.</summary>
    Shelf,

    /// <summary>A sofa with a seat at 0.42 m.</summary>
    Sofa,

    /// <summary>A standing lamp, 1.2 to 1.8 m.</summary>
    Lamp,

    /// <summary>A person of 1.5 to 1.9 m, made of rounded parts.</summary>
    Person,

    /// <summary>A car or van, 3.6 to 5 m long.</summary>
    Car,

    /// <summary>A building of storeys of 3 m, with windows and sometimes a roof.</summary>
    Building,

    /// <summary>A boulder of 0.3 to 1.5 m.</summary>
    Rock,

    /// <summary>A bottle, 20 to 32 cm.</summary>
    Bottle,

    /// <summary>A cup or glass, 7 to 13 cm.</summary>
    Cup,

    /// <summary>One to four books of 15 to 30 cm, lying on each other.</summary>
    Books,
}
