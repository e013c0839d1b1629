using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DepthPro.Tests;
using Xunit.Abstractions;

namespace DepthPro.Transforms.Tests.Formats;

/// <summary>Our files, read by programs that others wrote.</summary>
public sealed class OtherProgramsTests(ITestOutputHelper log) : IDisposable
{
    // Odd sizes, an edge, a hole, something very far.
    private static readonly DepthMap Map = new(37, 23, [.. Enumerable.Range(0, 37 * 23).Select(i => i == 100 ? float.NaN : i == 200 ? 9999 : (i % 37 < 20 ? 1.5f : 4) + i / 3000f)], 45.5f, FocalLengthSource.Given);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [OtherProgramsFact]
    public void Khronos_validator_finds_nothing_wrong_with_a_mesh()
    {
        const string Script = """
            const validator = require('gltf-validator'), fs = require('fs');
            Promise.all(process.argv.slice(2).map(file => validator.validateBytes(new Uint8Array(fs.readFileSync(file)))))
                .then(reports => console.log(JSON.stringify(reports.map(r => ({ issues: r.issues, info: r.info })))));
            """;
        File.WriteAllText(_folder["package.json"], "{}");
        Run("npm", "install", "--no-audit", "--no-fund", "gltf-validator@2.0.0-dev.3.10");
        File.WriteAllText(_folder["validate.js"], Script);
        MeshFile.Write(_folder["a.glb"], Map, AnyDepth.PhotoOf(Map));
        MeshFile.Write(_folder["thinned.glb"], Map, AnyDepth.PhotoOf(Map), new() { MaxVertices = 100, MaxTextureSide = 16 });
        var nothing = new DepthMap(1, 1, [1], 10, FocalLengthSource.Given);
        MeshFile.Write(_folder["empty.glb"], nothing, AnyDepth.PhotoOf(nothing));

        var text = Run("node", "validate.js", "a.glb", "thinned.glb", "empty.glb");

        log.WriteLine(text);
        var reports = JsonDocument.Parse(text).RootElement.EnumerateArray().ToList();
        Assert.Equal(3, reports.Count);
        Assert.All(reports, report => Assert.Equal((0, 0), (report.GetProperty("issues").GetProperty("numErrors").GetInt32(), report.GetProperty("issues").GetProperty("numWarnings").GetInt32())));
        Assert.Equal(1, reports[0].GetProperty("info").GetProperty("drawCallCount").GetInt32());
    }

    [OtherProgramsFact]
    public void Pillow_and_numpy_read_the_depth_that_was_written()
    {
        const string Script = """
            import sys, numpy, PIL
            from PIL import Image
            npy, npz = numpy.load('a.npy'), numpy.load('a.npz')['depth']
            image = Image.open('a.depth16.png')
            png = numpy.asarray(image).astype('int64')
            pfm = open('a.pfm', 'rb')
            assert pfm.readline() == b'Pf\n'
            width, height = map(int, pfm.readline().split())
            assert float(pfm.readline()) == -1
            pfm = numpy.frombuffer(pfm.read(), '<f4').reshape(height, width)[::-1]
            assert npy.dtype == numpy.float32 and npy.shape == (23, 37), npy.shape
            assert numpy.array_equal(npy, npz, equal_nan=True) and numpy.array_equal(npy, pfm, equal_nan=True)
            units = numpy.clip(numpy.rint(numpy.nan_to_num(npy.astype('float64')) * 1000), 0, 65535).astype('int64')
            assert numpy.array_equal(png, units), numpy.argwhere(png != units)
            print('numpy', numpy.__version__, 'Pillow', PIL.__version__, image.mode, image.size, 'unknown', (png == 0).sum(), 'saturated', (png == 65535).sum(), 'sum', float(numpy.nansum(npy.astype('float64'))))
            """;
        foreach (var name in (string[])["a.npy", "a.npz", "a.depth16.png", "a.pfm"]) { DepthFile.Write(_folder[name], Map); }
        File.WriteAllText(_folder["read.py"], Script);

        var text = Run(OtherProgramsFactAttribute.Python, "read.py");

        log.WriteLine(text);
        Assert.Contains("(37, 23) unknown 1 saturated 1 ", text);
        var sum = Map.Meters.ToArray().Where(float.IsFinite).Sum(meters => (double)meters);
        Assert.Equal(sum, double.Parse(text.Split(' ')[^1], CultureInfo.InvariantCulture), 1e-6);
    }

    [OtherProgramsFact]
    public void Three_js_reads_the_points_that_were_written()
    {
        const string Script = """
            import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';
            import { readFileSync } from 'fs';
            const file = readFileSync('a.ply'), geometry = new PLYLoader().parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
            const { position, color } = geometry.attributes;
            const at = i => [position.getX(i), position.getY(i), position.getZ(i), 255 * color.getX(i), 255 * color.getY(i), 255 * color.getZ(i)];
            console.log([...at(0), ...at(position.count - 1), position.count].join(' '));
            """;
        PointCloudFile.Write(_folder["a.ply"], Map, AnyDepth.PhotoOf(Map));
        File.WriteAllText(_folder["package.json"], "{}");
        Run("npm", "install", "--no-audit", "--no-fund", "three@0.136.0");
        File.WriteAllText(_folder["read.mjs"], Script);

        var text = Run("node", "read.mjs");

        log.WriteLine(text);
        double X(int x, float meters) => (x + 0.5 - 18.5) / 45.5 * meters;
        double Y(int y, float meters) => (y + 0.5 - 11.5) / 45.5 * meters;
        var photo = AnyDepth.PhotoOf(Map);
        double[] expected = [X(0, Map[0, 0]), Y(0, Map[0, 0]), Map[0, 0], .. Doubles(photo.Rgb[..3]), X(36, Map[36, 22]), Y(22, Map[36, 22]), Map[36, 22], .. Doubles(photo.Rgb[^3..]), 850];
        Assert.All(expected.Zip(text.Split(' '), (value, found) => (value, double.Parse(found, CultureInfo.InvariantCulture))), pair => Assert.Equal(pair.value, pair.Item2, 1e-5));
    }

    private static double[] Doubles(ReadOnlySpan<byte> bytes) => Array.ConvertAll(bytes.ToArray(), b => (double)b);

    private string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error.Result}");
        return output.Trim();
    }
}
