using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Metrics;

/// <summary>One case of the reference's boundary metrics.</summary>
internal sealed partial class BoundaryGolden
{
    public BoundaryGolden(string name)
    {
        Expected = Goldens.Json("boundary", "expected.json").GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
        (Height, Width) = (Expected.GetProperty("shape")[0].GetInt32(), Expected.GetProperty("shape")[1].GetInt32());
        (Prediction, Truth, Mask) = (Read($"{name}.pred.npy"), Read($"{name}.target.npy"), Read($"{name}.mask.npy"));
    }

    public static TheoryData<string> Names =>
        new(Goldens.Json("boundary", "expected.json").GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("name").GetString() ?? ""));

    public JsonElement Expected { get; }

    public int Width { get; }

    public int Height { get; }

    public float[] Prediction { get; }

    public float[] Truth { get; }

    public float[] Mask { get; }

    public double Number(string name) => Expected.GetProperty(name).GetDouble();

    public IEnumerable<(double Threshold, JsonElement Expected)> SingleThresholds =>
        Expected.GetProperty("boundary_f1_on_inverted_depth").EnumerateObject().Select(p => (double.Parse(p.Name, CultureInfo.InvariantCulture), p.Value));

    public static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetInt32())];

    // float32, float64 or bool; in C or Fortran order.
    private float[] Read(string file)
    {
        var bytes = File.ReadAllBytes(Goldens.PathOf("boundary", file));
        var headerEnd = 10 + BitConverter.ToUInt16(bytes, 8);
        var header = Encoding.ASCII.GetString(bytes, 10, headerEnd - 10);
        var data = bytes.AsSpan(headerEnd);
        float[] values = TypePattern().Match(header).Groups[1].Value switch
        {
            "<f4" => MemoryMarshal.Cast<byte, float>(data).ToArray(),
            "<f8" => [.. MemoryMarshal.Cast<byte, double>(data).ToArray().Select(v => (float)v)],
            "|b1" => [.. data.ToArray().Select(b => (float)b)],
            var type => throw new InvalidDataException($"{file} is of type {type}; expected <f4, <f8 or |b1."),
        };
        Assert.Equal(Width * Height, values.Length);
        return header.Contains("'fortran_order': True") ? [.. values.Select((_, i) => values[i % Width * Height + i / Width])] : values;
    }

    [GeneratedRegex("'descr': '([^']*)'")]
    private static partial Regex TypePattern();
}
