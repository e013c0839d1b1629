using DepthPro.Network.Graphs;
using DepthPro.Network.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.FullSize;

/// <summary>A part of a converted model whose modules can be read, too: its graph written anew, over the weights that the converter wrote.</summary>
internal sealed class StageSession : IDisposable
{
    private readonly string _path;
    private readonly InferenceSession _session;
    private readonly Dictionary<string, string> _outputs = [];

    public StageSession(DepthProModel model, Graph part, params IEnumerable<string> modules)
    {
        foreach (var module in modules)
        {
            if (!part.Outputs.Contains(part[module])) { part.Output($"module:{module}", part[module]); }
            _outputs[module] = part[module].Name;
        }
        _path = Path.Combine(model.Path ?? "", $"{part.Name}.stages.onnx");
        using (var file = File.Create(_path))
        using (var offsets = new CountingStream())
        {
            var precision = model.Precision == "fp16" ? WeightPrecision.Float16 : WeightPrecision.Float32;
            OnnxWriter.Write(part, file, offsets, $"{part.Name}.data", (_, _) => { }, precision);
        }
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, EnableCpuMemArena = false, EnableMemoryPattern = false };
            _session = new(_path, options);
        }
        catch
        {
            File.Delete(_path);
            throw;
        }
    }

    /// <summary>Reads a module's or an output's values while they are there.</summary>
    public delegate void Reader(string name, ReadOnlySpan<float> values);

    /// <summary>Runs the part and hands over the values asked for.</summary>
    public void Run(IReadOnlyList<(string Name, Memory<float> Values, int[] Shape)> inputs, IReadOnlyList<string> wanted, Reader read)
    {
        using var run = new RunOptions();
        var values = inputs.Select(i => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, i.Values, [.. i.Shape.Select(d => (long)d)])).ToList();
        try
        {
            using var results = _session.Run(run, inputs.Select(i => i.Name).ToList(), values, wanted.Select(name => _outputs.GetValueOrDefault(name, name)).ToList());
            foreach (var (name, result) in wanted.Zip(results)) { read(name, result.GetTensorDataAsSpan<float>()); }
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        File.Delete(_path);
    }

    /// <summary>Knows how much was written, and keeps nothing.</summary>
    private sealed class CountingStream : Stream
    {
        private long _position;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => _position;
        public override long Position { get => _position; set => throw new NotSupportedException(); }
        public override void Write(ReadOnlySpan<byte> buffer) => _position += buffer.Length;
        public override void Write(byte[] buffer, int offset, int count) => _position += count;
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
