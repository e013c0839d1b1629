using System.Text;

namespace DepthPro.Transforms.Tests.Formats;

/// <summary>Writes .npy files of any kind, and false ones.</summary>
internal static class TestNpy
{
    public static byte[] Of(string type, string shape, byte[] values, bool fortran = false, byte version = 1) =>
        WithHeader($"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': ({shape}), }}", values, version);

    public static byte[] WithHeader(string header, byte[] values, byte version = 1)
    {
        header += '\n';
        var length = new byte[version == 1 ? 2 : 4];
        for (var i = 0; i < length.Length; i++) { length[i] = (byte)(header.Length >> 8 * i); }
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. values];
    }

    /// <summary>One value as NumPy stores it.</summary>
    public static byte[] Element(string type, int value)
    {
        byte[] little = type[1..] switch
        {
            "f2" => BitConverter.GetBytes((Half)value),
            "f4" => BitConverter.GetBytes((float)value),
            "f8" => BitConverter.GetBytes((double)value),
            "b1" => [(byte)value],
            _ => BitConverter.GetBytes((long)value)[..(type[2] - '0')],
        };
        if (type[0] == '>') { Array.Reverse(little); }
        return little;
    }
}
