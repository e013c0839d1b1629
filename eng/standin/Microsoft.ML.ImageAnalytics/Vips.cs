using System.Reflection;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Transforms.Image;

/// <summary>An image as libvips hands it over: 8 bits a sample, bands interleaved, rows packed.</summary>
internal sealed record RawImage(int Width, int Height, int Bands, bool IsCmyk, byte[] Samples);

/// <summary>The few calls of the libvips C API that reading and writing an encoded image takes. Thread-safe.</summary>
internal static unsafe partial class Vips
{
    private const string Library = "vips";

    // enums VipsBandFormat and VipsInterpretation of vips/image.h
    private const int FormatUChar = 0, FormatUShort = 2, InterpretationCmyk = 15;

    static Vips()
    {
        NativeLibrary.SetDllImportResolver(typeof(Vips).Assembly, Resolve);
        if (vips_init("Microsoft.ML.ImageAnalytics") != 0) { throw new InvalidOperationException($"libvips did not start: {TakeError()}"); }
        vips_cache_set_max(0); // the cache knows a buffer by its address, which the next image may use again
    }

    /// <summary>Decodes a whole image, damaged ones as far as they go; null where libvips cannot.</summary>
    public static RawImage DecodeOrNull(byte[] encoded)
    {
        fixed (byte* bytes = encoded)
        {
            var image = vips_image_new_from_buffer(bytes, (nuint)encoded.Length, "", IntPtr.Zero);
            if (image == IntPtr.Zero)
            {
                TakeError();
                return null;
            }
            var memory = vips_image_write_to_memory(image, out _);
            var raw = memory is null ? null : Unpack(image, memory);
            TakeError();
            g_free((IntPtr)memory);
            g_object_unref(image);
            return raw;
        }
    }

    /// <summary>Encodes interleaved RGB or RGBA; the suffix picks the format and its options.</summary>
    public static byte[] Encode(RawImage raw, string suffix)
    {
        var image = vips_image_new_from_memory_copy(raw.Samples, (nuint)raw.Samples.Length, raw.Width, raw.Height, raw.Bands, FormatUChar);
        if (image == IntPtr.Zero || vips_image_write_to_buffer(image, suffix, out var buffer, out var length, IntPtr.Zero) != 0)
        {
            throw new InvalidOperationException($"libvips could not encode: {TakeError()}");
        }
        var encoded = new Span<byte>((void*)buffer, checked((int)length)).ToArray();
        g_free(buffer);
        g_object_unref(image);
        return encoded;
    }

    private static RawImage Unpack(IntPtr image, byte* memory)
    {
        var (width, height, bands) = (vips_image_get_width(image), vips_image_get_height(image), vips_image_get_bands(image));
        var format = vips_image_get_format(image);
        if (format is not (FormatUChar or FormatUShort)) { return null; }
        var samples = new byte[checked(width * height * bands)];
        for (var i = 0; i < samples.Length; i++) { samples[i] = format == FormatUChar ? memory[i] : (byte)(((ushort*)memory)[i] >> 8); }
        return new(width, height, bands, vips_image_get_interpretation(image) == InterpretationCmyk, samples);
    }

    private static string TakeError()
    {
        var message = Marshal.PtrToStringUTF8(vips_error_buffer());
        vips_error_clear();
        return message;
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library) { return IntPtr.Zero; }
        var folder = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } beside ? beside : AppContext.BaseDirectory;
        var file = Directory.EnumerateFiles(folder, "libvips*", new EnumerationOptions { RecurseSubdirectories = false }).FirstOrDefault();
        return file is not null
            ? NativeLibrary.Load(file)
            : throw new DllNotFoundException($"No libvips in '{folder}'. The build copies it there from its npm package: build again with npm on the path.");
    }

    // The C functions that end in "..." take pairs of options closed by NULL: here always just the NULL.
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] private static partial int vips_init(string program);
    [LibraryImport(Library)] private static partial void vips_cache_set_max(int operations);
    [LibraryImport(Library)] private static partial IntPtr vips_error_buffer();
    [LibraryImport(Library)] private static partial void vips_error_clear();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] private static partial IntPtr vips_image_new_from_buffer(byte* data, nuint length, string options, IntPtr end);
    [LibraryImport(Library)] private static partial IntPtr vips_image_new_from_memory_copy(byte[] data, nuint length, int width, int height, int bands, int format);
    [LibraryImport(Library)] private static partial byte* vips_image_write_to_memory(IntPtr image, out nuint length);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] private static partial int vips_image_write_to_buffer(IntPtr image, string suffix, out IntPtr buffer, out nuint length, IntPtr end);
    [LibraryImport(Library)] private static partial int vips_image_get_width(IntPtr image);
    [LibraryImport(Library)] private static partial int vips_image_get_height(IntPtr image);
    [LibraryImport(Library)] private static partial int vips_image_get_bands(IntPtr image);
    [LibraryImport(Library)] private static partial int vips_image_get_format(IntPtr image);
    [LibraryImport(Library)] private static partial int vips_image_get_interpretation(IntPtr image);
    [LibraryImport(Library)] private static partial void g_object_unref(IntPtr image);
    [LibraryImport(Library)] private static partial void g_free(IntPtr memory);
}
