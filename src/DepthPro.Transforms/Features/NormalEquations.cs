namespace DepthPro.Features;

/// <summary>Least squares for a plane aX + bY + cZ = 1 through points, by the relative error of their depths. Not thread-safe.</summary>
internal sealed class NormalEquations
{
    // Below this share of the matrix's scale its determinant is rounding: the points lie on a line through the picture.
    private const double Singular = 1e-12;

    // Of the symmetric matrix: xx, xy, xz, yy, yz, zz; and the right side.
    private double _xx, _xy, _xz, _yy, _yz, _zz, _x, _y, _z;

    /// <summary>Adds a point; its row is (X D, Y D, D) and its right side 1.</summary>
    public void Add(GroundPlane.Point point)
    {
        var (x, y, z) = (point.X * point.Depth, point.Y * point.Depth, point.Depth);
        (_xx, _xy, _xz, _yy, _yz, _zz) = (_xx + x * x, _xy + x * y, _xz + x * z, _yy + y * y, _yz + y * z, _zz + z * z);
        (_x, _y, _z) = (_x + x, _y + y, _z + z);
    }

    /// <summary>The plane; null when the points do not determine one.</summary>
    public GroundPlane.Plane? Solve()
    {
        // Cramer's rule with the cofactors of the symmetric matrix.
        var (c00, c01, c02) = (_yy * _zz - _yz * _yz, _xz * _yz - _xy * _zz, _xy * _yz - _xz * _yy);
        var (c11, c12, c22) = (_xx * _zz - _xz * _xz, _xy * _xz - _xx * _yz, _xx * _yy - _xy * _xy);
        var determinant = _xx * c00 + _xy * c01 + _xz * c02;
        if (!(determinant > Singular * _xx * _yy * _zz)) { return null; }
        GroundPlane.Plane plane = new((c00 * _x + c01 * _y + c02 * _z) / determinant, (c01 * _x + c11 * _y + c12 * _z) / determinant, (c02 * _x + c12 * _y + c22 * _z) / determinant);
        return double.IsFinite(plane.A + plane.B + plane.C) && (plane.A != 0 || plane.B != 0 || plane.C != 0) ? plane : null;
    }
}
