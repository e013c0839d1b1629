using System.Buffers.Binary;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Imaging;

/// <summary>Puts EXIF data of the test's choice into a JPEG.</summary>
internal static class ExifJpeg
{
    public const int Orientation = 0x0112, FocalLengthMillimeters = 0x920A, FocalLengthIn35mmFilm = 0xA405, FocalPlaneXResolution = 0xA20E,
        FocalPlaneYResolution = 0xA20F, FocalPlaneResolutionUnit = 0xA210, PixelXDimension = 0xA002, PixelYDimension = 0xA003;

    private const int ExifPointer = 0x8769, Short = 3, Long = 4, Rational = 5, EntrySize = 12, HeaderSize = 8;

    /// <summary>A golden JPEG without EXIF, 64 x 48, with an APP1 segment of these tags. A pair of numbers is a rational.</summary>
    public static byte[] With(params (int Tag, object Value)[] tags) => Insert(Tiff(tags));

    /// <summary>The golden JPEG with an APP1 segment of these TIFF bytes.</summary>
    public static byte[] Insert(byte[] tiff)
    {
        var jpeg = File.ReadAllBytes(Goldens.PathOf("images", "plain.jpg"));
        byte[] segment = [0xFF, 0xE1, 0, 0, .. "Exif\0\0"u8, .. tiff];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    /// <summary>Little-endian TIFF: the first directory with the orientation and a pointer, then the EXIF directory, then the rationals.</summary>
    public static byte[] Tiff(params (int Tag, object Value)[] tags)
    {
        (int Tag, object Value)[] first = [.. tags.Where(t => t.Tag == Orientation)], exif = [.. tags.Where(t => t.Tag != Orientation).OrderBy(t => t.Tag)];
        var exifStart = HeaderSize + DirectorySize(first.Length + 1);
        var tiff = new List<byte>([(byte)'I', (byte)'I', 42, 0, HeaderSize, 0, 0, 0]);
        var rationals = new List<byte>();
        var rationalStart = exifStart + DirectorySize(exif.Length);
        Directory([.. first, (ExifPointer, (object)(uint)exifStart)]);
        Directory(exif);
        return [.. tiff, .. rationals];

        void Directory((int Tag, object Value)[] entries)
        {
            tiff.AddRange(Bytes16(entries.Length));
            foreach (var (tag, value) in entries) { tiff.AddRange([.. Bytes16(tag), .. Entry(value)]); }
            tiff.AddRange(Bytes32(0));
        }

        byte[] Entry(object value)
        {
            if (value is int number) { return [.. Bytes16(Short), .. Bytes32(1), .. Bytes32((uint)number)]; }
            if (value is uint pointer) { return [.. Bytes16(Long), .. Bytes32(1), .. Bytes32(pointer)]; }
            var (numerator, denominator) = ((int, int))value;
            var offset = rationalStart + rationals.Count;
            rationals.AddRange([.. Bytes32((uint)numerator), .. Bytes32((uint)denominator)]);
            return [.. Bytes16(Rational), .. Bytes32(1), .. Bytes32((uint)offset)];
        }
    }

    private static int DirectorySize(int entries) => 2 + entries * EntrySize + 4;

    private static byte[] Bytes16(int value) => BitConverter.GetBytes((ushort)value);

    private static byte[] Bytes32(uint value) => BitConverter.GetBytes(value);
}
