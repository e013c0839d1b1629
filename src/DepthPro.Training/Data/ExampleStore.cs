using System.Runtime.InteropServices;
using DepthPro.Network;

namespace DepthPro.Training.Data;

/// <summary>Prepared examples: in memory up to a limit, beyond it in a file that is deleted with the store. Safe for reading from several threads.</summary>
/// <param name="folder">Where the file is made, if it is needed.</param>
/// <param name="config">The network's sizes, from which an example's follow.</param>
/// <param name="memoryBytes">The limit.</param>
internal sealed class ExampleStore(string folder, NetworkConfig config, long memoryBytes = ExampleStore.UsualMemoryBytes) : IDisposable
{
    /// <summary>A thousand photos of the demo model's size, thirty of the full one's.</summary>
    public const long UsualMemoryBytes = 512L << 20;

    private readonly List<TrainingExample> _inMemory = [];
    private readonly string _path = Path.Combine(folder, $"examples.{Guid.NewGuid():n}.tmp");
    private FileStream? _file;
    private int _inFile;
    private long _bytes;

    public int Count => _inMemory.Count + _inFile;

    // Colours, inverse depth, field of view.
    private long RecordBytes => 3L * config.InputSize * config.InputSize + sizeof(float) * ((long)config.OutputSize * config.OutputSize + 1);

    public TrainingExample this[int index]
    {
        get
        {
            if (index < _inMemory.Count) { return _inMemory[index]; }
            var (rgb, inverse, degrees) = (new byte[3 * config.InputSize * config.InputSize], new float[config.OutputSize * config.OutputSize], new float[1]);
            var at = (index - _inMemory.Count) * RecordBytes;
            at = Read(at, rgb);
            at = Read(at, MemoryMarshal.AsBytes(inverse.AsSpan()));
            Read(at, MemoryMarshal.AsBytes(degrees.AsSpan()));
            return new(rgb, inverse, degrees[0]);
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(TrainingExample example)
    {
        _bytes += example.Bytes;
        if (_bytes <= memoryBytes && _file is null)
        {
            _inMemory.Add(example);
            return;
        }
        WriteFailure.Attempt(_path, _path, () =>
        {
            _file ??= Create();
            _file.Write(example.Rgb);
            _file.Write(MemoryMarshal.AsBytes(example.InverseDepth.AsSpan()));
            _file.Write(MemoryMarshal.AsBytes<float>([example.FieldOfViewDegrees]));
        });
        _inFile++;
    }

    public void Dispose() => _file?.Dispose();

    // A process that is killed leaves no file: Windows deletes it with its last handle, elsewhere it has no name from the start.
    private FileStream Create()
    {
        var file = new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 0, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows()) { File.Delete(_path); }
        return file;
    }

    // Gives where the next part begins.
    private long Read(long at, Span<byte> destination)
    {
        var file = _file ?? throw new InvalidOperationException("The store has no file; the index is beyond its examples.");
        for (var rest = destination; !rest.IsEmpty;)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, rest, at + destination.Length - rest.Length);
            if (read == 0) { throw new EndOfStreamException($"'{_path}' ends at byte {at + destination.Length - rest.Length}; expected {RecordBytes} bytes for each of {_inFile} photos. Something has cut it off."); }
            rest = rest[read..];
        }
        return at + destination.Length;
    }
}
