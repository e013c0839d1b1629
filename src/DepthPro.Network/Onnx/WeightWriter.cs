using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DepthPro.Network.Graphs;

namespace DepthPro.Network.Onnx;

/// <summary>Reads one tensor of a checkpoint, in C order as float32.</summary>
/// <param name="name">The checkpoint's name for it.</param>
/// <param name="destination">As long as the tensor.</param>
public delegate void ParameterReader(string name, Span<float> destination);

/// <summary>Turns parameters into ONNX initializers, one at a time: inside the model, or in a data file beside it.</summary>
/// <param name="read">Where the values come from.</param>
/// <param name="precision">How they are stored.</param>
/// <param name="external">The data file and the name the model knows it by; null to put the values into the model.</param>
internal sealed class WeightWriter(ParameterReader read, WeightPrecision precision, (Stream Stream, string Name)? external)
{
    private const int Alignment = 64; // of each tensor in the data file: a cache line, and enough for any vector unit

    private float[] _values = [], _transposed = [];
    private Half[] _halves = [];

    public WeightPrecision Precision => precision;

    public ElementType DataType => precision.StoresHalves ? ElementType.Float16 : ElementType.Float32;

    public OnnxMessage Initializer(string name, Parameter parameter)
    {
        var values = ReadValues(parameter);
        return Tensor(name, parameter.Shape, DataType, DataType == ElementType.Float16 ? Halves(parameter.Path, values) : MemoryMarshal.AsBytes(values));
    }

    /// <summary>Computes a tensor from parameters. It stays float32 where the arithmetic is: rounded, it would not be what its rounded sources give.</summary>
    public OnnxMessage Initializer(string name, DerivedParameter parameter)
    {
        var values = Computed(parameter);
        return precision == WeightPrecision.Float16Compute
            ? Tensor(name, parameter.Shape, ElementType.Float16, Halves(parameter.Name, values))
            : Tensor(name, parameter.Shape, ElementType.Float32, MemoryMarshal.AsBytes<float>(values));
    }

    /// <summary>A layer's weight as integers, and what an integer of each output, or of each block, stands for.</summary>
    public (OnnxMessage Integers, OnnxMessage Scales) QuantizedInitializers(Parameter weight, Value scale)
        => precision.WeightOnlyBits is var bits and > 0 ? BlockInitializers(weight, scale, bits) : Quantized(weight, ReadValues(weight), scale, columns: weight.Transposed);

    /// <inheritdoc cref="QuantizedInitializers(Parameter, Value)"/>
    public (OnnxMessage Integers, OnnxMessage Scales) QuantizedInitializers(DerivedParameter weight, Value scale)
        => Quantized(weight, Computed(weight), scale, columns: false);

    private (OnnxMessage Integers, OnnxMessage Scales) Quantized(Value weight, ReadOnlySpan<float> values, Value scale, bool columns)
    {
        var (integers, scales) = (new sbyte[values.Length], new float[scale.Shape.Count]);
        if (columns) { WeightQuantization.Columns(values, integers, scales); }
        else { WeightQuantization.Rows(values, integers, scales); }
        return (Tensor(weight.Name, weight.Shape, ElementType.Int8, MemoryMarshal.AsBytes<sbyte>(integers)), Tensor(scale.Name, scale.Shape, ElementType.Float32, MemoryMarshal.AsBytes<float>(scales)));
    }

    private (OnnxMessage Integers, OnnxMessage Scales) BlockInitializers(Parameter weight, Value scale, int bits)
    {
        var (blocks, bytes) = (scale.Shape[1], GraphForm.WeightBlock * bits / 8);
        var (integers, scales) = (new byte[scale.Shape.Count * bytes], new float[scale.Shape.Count]);
        WeightQuantization.Blocks(ReadAsStored(weight), weight.CheckpointShape[1], bits, integers, scales);
        return (Tensor(weight.Name, new(weight.CheckpointShape[0], blocks, bytes), ElementType.UInt8, integers), Tensor(scale.Name, scale.Shape, ElementType.Float32, MemoryMarshal.AsBytes<float>(scales)));
    }

    private OnnxMessage Tensor(string name, Shape shape, ElementType dataType, ReadOnlySpan<byte> bytes)
    {
        var message = new OnnxMessage();
        foreach (var dimension in shape.ToArray()) { message.Integer(1, dimension); }
        message.Integer(2, (long)dataType).Text(8, name);
        if (external is not { } data) { return message.Bytes(9, bytes); }

        data.Stream.Write(new byte[(Alignment - data.Stream.Position % Alignment) % Alignment]);
        var offset = data.Stream.Position;
        data.Stream.Write(bytes);
        return message
            .Message(13, Entry("location", data.Name)).Message(13, Entry("offset", Number(offset))).Message(13, Entry("length", Number(bytes.Length)))
            .Integer(14, 1); // data_location EXTERNAL
    }

    private float[] Computed(DerivedParameter parameter) => parameter.Compute([.. parameter.Sources.Select(source =>
    {
        var values = new float[source.Shape.Count];
        read(source.Path, values);
        return values;
    })]);

    private ReadOnlySpan<float> ReadAsStored(Parameter parameter)
    {
        var values = Grow(ref _values, checked((int)parameter.Shape.Count));
        read(parameter.Path, values);
        return values;
    }

    private ReadOnlySpan<float> ReadValues(Parameter parameter)
    {
        var values = ReadAsStored(parameter);
        if (!parameter.Transposed) { return values; }
        var transposed = Grow(ref _transposed, values.Length);
        Transpose(values, transposed, rows: parameter.CheckpointShape[0], columns: parameter.CheckpointShape[1]);
        return transposed;
    }

    private ReadOnlySpan<byte> Halves(string tensor, ReadOnlySpan<float> values)
    {
        var halves = Grow(ref _halves, values.Length);
        var largest = TensorPrimitives.MaxMagnitude<float>(values);
        if (float.IsFinite(largest) && Math.Abs(largest) > (float)Half.MaxValue)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"Tensor '{tensor}' holds {largest}; float16 holds at most {(float)Half.MaxValue}. Convert with float32 weights."));
        }
        TensorPrimitives.ConvertToHalf(values, halves);
        return MemoryMarshal.AsBytes(halves);
    }

    // In square tiles, so that reads and writes both stay in the cache.
    private static void Transpose(ReadOnlySpan<float> source, Span<float> destination, int rows, int columns)
    {
        const int Tile = 32;
        for (var top = 0; top < rows; top += Tile)
        {
            for (var left = 0; left < columns; left += Tile)
            {
                for (var row = top; row < Math.Min(top + Tile, rows); row++)
                {
                    for (var column = left; column < Math.Min(left + Tile, columns); column++)
                    {
                        destination[column * rows + row] = source[row * columns + column];
                    }
                }
            }
        }
    }

    private static Span<T> Grow<T>(ref T[] buffer, int count)
    {
        if (buffer.Length < count) { buffer = new T[count]; }
        return buffer.AsSpan(0, count);
    }

    private static OnnxMessage Entry(string key, string value) => new OnnxMessage().Text(1, key).Text(2, value);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
