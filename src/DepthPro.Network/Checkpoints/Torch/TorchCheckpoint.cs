using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Text;

namespace DepthPro.Network.Checkpoints.Torch;

/// <summary>A file of torch.save: a zip archive with the pickle <c>data.pkl</c>, which describes the tensors, and a storage <c>data/{key}</c> for each.</summary>
internal sealed class TorchCheckpoint : Checkpoint
{
    // The published checkpoint's has 0.2 MiB; optimizers' states add little.
    private const long MaxPickleBytes = 4 << 20;

    private readonly CheckpointStream _source;
    private readonly Dictionary<string, StridedView> _views = [];

    public TorchCheckpoint(CheckpointStream source) : base(source.Name)
    {
        _source = source;
        var archive = new ZipDirectory(source);
        var pickle = FindPickle(archive);
        var folder = pickle.Name[..(pickle.Name.LastIndexOf('/') + 1)];
        CheckByteOrder(archive, folder);

        var bytes = new PickleBytes(source, pickle.Name, source.Read(archive.ContentOffset(pickle), (int)pickle.Length));
        var found = TorchStateDictionary.Flatten(bytes, new Unpickler(bytes).Load(), pickle.Length);
        var storages = new Dictionary<string, (long Offset, long Length)>();
        var tensors = new OrderedDictionary<string, TensorInfo>();
        foreach (var (name, tensor) in found)
        {
            if (!storages.TryGetValue(tensor.Storage.Key, out var storage))
            {
                storages.Add(tensor.Storage.Key, storage = FindStorage(archive, folder, name, tensor.Storage.Key));
            }
            var info = new TensorInfo(name, tensor.Type, TensorShape.Check(source, name, tensor.Sizes));
            if (!tensors.TryAdd(name, info)) { throw source.Bad($"has two tensors named '{name}'; names must differ."); }
            _views.Add(name, View(info, tensor, storage));
        }
        Tensors = new ReadOnlyDictionary<string, TensorInfo>(tensors);
    }

    public override string Format => "torch zip";

    public override IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    public override IReadOnlyDictionary<string, string> Metadata => FrozenDictionary<string, string>.Empty;

    public override void Read(string name, Span<float> destination)
    {
        var type = Require(name, destination.Length).Type;
        var view = _views[name];
        if (view.IsContiguous) { TensorValues.ReadContiguous(_source, view.ByteOffset, type, destination); }
        else { TensorValues.ReadStrided(_source, view, type, destination); }
    }

    public override void Dispose()
    {
        _source.Dispose();
        base.Dispose();
    }

    private ZipEntry FindPickle(ZipDirectory archive)
    {
        const string PickleName = "data.pkl";
        ZipEntry[] pickles = [.. archive.Entries.Values.Where(e => e.Name == PickleName || (e.Name.EndsWith("/" + PickleName, StringComparison.Ordinal) && e.Name.Count('/') == 1))];
        if (pickles is not [var pickle])
        {
            throw _source.Bad($"is a zip archive with {pickles.Length} entries named '{PickleName}' among {archive.Entries.Count}; expected one, as torch.save writes it.");
        }
        return pickle.Length <= MaxPickleBytes ? pickle
            : throw _source.Bad($"has a pickle '{pickle.Name}' of {pickle.Length} bytes; expected at most {MaxPickleBytes}. Save the weights alone: torch.save(model.state_dict(), path).");
    }

    private void CheckByteOrder(ZipDirectory archive, string folder)
    {
        if (!archive.Entries.TryGetValue(folder + "byteorder", out var entry)) { return; }
        var order = Encoding.ASCII.GetString(_source.Read(archive.ContentOffset(entry), (int)Math.Min(entry.Length, 16))).Trim();
        if (order != "little")
        {
            throw _source.Bad($"stores numbers in byte order '{order}'; expected 'little'. Load and save it with torch on a little-endian machine.");
        }
    }

    private (long Offset, long Length) FindStorage(ZipDirectory archive, string folder, string tensor, string key)
    {
        var name = $"{folder}data/{key}";
        return archive.Entries.TryGetValue(name, out var entry)
            ? (archive.ContentOffset(entry), entry.Length)
            : throw _source.Bad($"has no zip entry '{name}', which holds tensor '{tensor}'. The file is damaged: download or save it again.");
    }

    private StridedView View(TensorInfo info, PickleTensor tensor, (long Offset, long Length) storage)
    {
        long size = info.Type.ByteCount(), storageSize = tensor.Storage.Type?.ByteCount() ?? 1;
        var count = storage.Length / size;
        if (tensor.Storage.Count != storage.Length / storageSize || storage.Length % storageSize != 0)
        {
            throw _source.Bad($"has {storage.Length} bytes in storage '{tensor.Storage.Key}' for tensor {info}; the pickle expects {tensor.Storage.Count} values of {storageSize} bytes. The file is damaged.");
        }
        // Strides of dimensions that are never stepped along do not matter, and may be anything.
        long[] strides = [.. tensor.Strides.Select((stride, d) => info.Count > 0 && d < info.Shape.Count && info.Shape[d] > 1 ? stride : 0)];
        var fits = strides.Length == info.Shape.Count && tensor.Offset >= 0 && tensor.Offset <= count && strides.All(stride => stride >= 0 && stride <= count)
            && StridedView.ExtentOf(info.Shape, strides) <= count - tensor.Offset;
        if (!fits)
        {
            throw _source.Bad($"views tensor {info} at offset {tensor.Offset} with strides [{string.Join(", ", tensor.Strides)}] of storage '{tensor.Storage.Key}', which has {count} values; expected a view within them. The file is damaged.");
        }
        var view = new StridedView(storage.Offset + tensor.Offset * size, info.Shape, strides);
        return view.IsContiguous || view.Extent * size <= Array.MaxLength ? view
            : throw _source.Bad($"spreads tensor {info} over {view.Extent * size} bytes; at most {Array.MaxLength} can be read. Save it again after calling contiguous() on it.");
    }
}
