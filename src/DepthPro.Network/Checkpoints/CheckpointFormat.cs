using System.Buffers.Binary;
using System.Text;

namespace DepthPro.Network.Checkpoints;

/// <summary>Recognises a checkpoint by its first bytes.</summary>
internal static class CheckpointFormat
{
    /// <summary>The formats that are read.</summary>
    public enum Kind
    {
        /// <summary>torch.save since PyTorch 1.6.</summary>
        TorchZip,

        /// <summary>Hugging Face's safetensors.</summary>
        Safetensors,
    }

    // A safetensors file begins with the length of its JSON header in 8 bytes, and the header with '{'.
    private const int HeaderStart = 8;
    private const byte PickleProtocol = 0x80;

    /// <exception cref="InvalidDataException">None of the formats, with what it seems to be.</exception>
    public static Kind Recognise(CheckpointStream source)
    {
        var start = source.Read(0, (int)Math.Min(source.Length, 64));
        if (start.AsSpan().StartsWith("PK\x03\x04"u8)) { return Kind.TorchZip; }
        if (start.Length > HeaderStart && start[HeaderStart] == '{') { return Kind.Safetensors; }
        if (start.Length > 1 && start[0] == PickleProtocol && start[1] is >= 2 and <= 5)
        {
            throw source.Bad(
                "is a bare pickle, the legacy format of torch.save before PyTorch 1.6; expected torch's zip format or safetensors. " +
                "Convert it once, in Python, if you trust it: torch.save(torch.load(path, map_location=\"cpu\"), new_path).");
        }
        if (start.AsSpan().StartsWith("version https://git-lfs"u8))
        {
            throw source.Bad("is a Git LFS pointer, not the weights; fetch them with 'git lfs pull' or download the file itself.");
        }
        throw source.Bad(start.Length <= HeaderStart
            ? $"is {start.Length} bytes long; expected torch's zip format or safetensors. Download or save it again."
            : $"begins with '{Printable(start.AsSpan(0, Math.Min(start.Length, 16)))}' (0x{BinaryPrimitives.ReadUInt64BigEndian(start):X16}…); expected torch's zip format (begins with 'PK') or " +
              "safetensors (a header length of 8 bytes, then '{'). Check that the download is the weights and not a web page.");
    }

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes) { text.Append(b is >= 0x20 and < 0x7F ? (char)b : '.'); }
        return text.ToString();
    }
}
