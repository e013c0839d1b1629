namespace DepthPro;

/// <summary>Where a focal length comes from. When several are at hand, the first of this order after <see cref="Unknown"/> wins; what is locked counts as given.</summary>
public enum FocalLengthSource
{
    /// <summary>There is no focal length.</summary>
    Unknown,

    /// <summary>The caller's value or column.</summary>
    Given,

    /// <summary>The photo's EXIF FocalLengthIn35mmFilm.</summary>
    Exif35mm,

    /// <summary>The photo's EXIF FocalLength and focal plane resolution.</summary>
    ExifFocalPlane,

    /// <summary>The network's field of view.</summary>
    Estimated,

    /// <summary>One value for all photos of a clip, found from what is known of each; see <see cref="FocalLengthLock"/>. It comes as a caller's column does.</summary>
    Locked,
}
