using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DepthPro.Estimators.Tests;

/// <summary>As <see cref="MLNetBehaviorTests"/>: prediction engines, classes as columns, images, and who disposes what.</summary>
public sealed class MLNetObjectTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("mlnet").FullName;

    public MLNetObjectTests() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Engine_disposes_its_transformer_once_unless_told_not_to()
    {
        var transformer = new Disposable(_ml.Transforms.CopyColumns("Out", "In").Fit(_ml.Data.LoadFromEnumerable<Number>([])));
        using (var engine = _ml.Model.CreatePredictionEngine<Number, Number>(transformer, new PredictionEngineOptions { OwnsTransformer = false }))
        {
            Assert.Equal(3, engine.Predict(new Number { In = 3 }).Out);
            Assert.Equal(["In", "Out", "Out"], engine.OutputSchema.Select(column => column.Name));
        }
        Assert.Equal(0, transformer.Disposals);
        var owner = _ml.Model.CreatePredictionEngine<Number, Number>(transformer);
        owner.Dispose();
        owner.Dispose();
        Assert.Equal(1, transformer.Disposals);
        transformer.Append(new Disposable(transformer)).Dispose();
        Assert.Equal(2, transformer.Disposals);
    }

    [Fact]
    public void Engine_fills_the_object_it_is_given()
    {
        var copy = _ml.Transforms.CopyColumns("Out", "In").Fit(_ml.Data.LoadFromEnumerable<Number>([]));
        using var engine = _ml.Model.CreatePredictionEngine<Number, Number>(copy);
        var result = new Number();
        var same = result;
        for (var i = 1; i < 3; i++)
        {
            engine.Predict(new Number { In = i }, ref result);
            Assert.Equal(i, result.Out);
        }
        Assert.Same(same, result);
    }

    [Fact]
    public void Class_is_a_column_when_its_type_is_registered()
    {
        DataViewTypeManager.Register(new MarkType(), typeof(Mark));
        DataViewTypeManager.Register(new MarkType(), typeof(Mark));
        var marks = new[] { new Mark(1), new Mark(2) };
        var data = _ml.Data.LoadFromEnumerable(marks.Select(mark => new WithMark { Value = mark }));
        Assert.Equal("Value: Mark", data.Schema["Value"].ToString());
        Assert.Equal(marks, _ml.Data.CreateEnumerable<WithMark>(data, reuseRowObject: false).Select(row => row.Value));
        using var engine = _ml.Model.CreatePredictionEngine<WithMark, CopiedMark>(_ml.Transforms.CopyColumns("Copy", "Value").Fit(data));
        Assert.Same(marks[0], engine.Predict(new WithMark { Value = marks[0] }).Copy);
        Assert.Throws<ArgumentOutOfRangeException>(() => DataViewTypeManager.Register(new MarkType(), typeof(Unknown)));
    }

    [Fact]
    public void Class_is_a_column_when_its_property_has_an_attribute_that_registers_it()
    {
        var data = _ml.Data.LoadFromEnumerable([new WithBadge { Value = new Badge() }]);
        Assert.IsType<BadgeType>(data.Schema["Value"].Type);
        Assert.NotNull(_ml.Data.CreateEnumerable<WithBadge>(data, reuseRowObject: false).Single().Value);
    }

    [Fact]
    public void Class_is_refused_by_the_members_name_when_nobody_registered_it()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable<WithUnknown>([]));
        Assert.Contains("Could not determine an IDataView type and registered custom types for member Value", error.Message);
    }

    [Fact]
    public void Image_columns_are_not_saved_with_the_schema_nor_cached()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Photo() });
        using var file = new MemoryStream();
        var model = _ml.Transforms.CopyColumns("Copy", "Image").Fit(data);
        _ml.Model.Save(model, data.Schema, file);
        file.Position = 0;
        _ml.Model.Load(file, out var schema);
        Assert.Equal(["Path"], schema.Select(column => column.Name));
        Assert.Equal(["Path"], _ml.Data.Cache(data).Schema.Select(column => column.Name));

        var imageOnly = new DataViewSchema.Builder();
        imageOnly.AddColumn("Image", new ImageDataViewType());
        var error = Assert.ThrowsAny<Exception>(() => _ml.Model.Save(model, imageOnly.ToSchema(), new MemoryStream()));
        Assert.Contains("No valid columns to save", error.Message);
    }

    [Fact]
    public void Load_images_disposes_an_image_when_it_comes_back_and_at_the_cursors_end()
    {
        foreach (var name in (string[])["a.png", "b.png"]) { Save(name, 2, 1, [1, 2, 3, 255, 4, 5, 6, 255]); }
        var paths = _ml.Data.LoadFromEnumerable(new[] { new Photo { Path = "a.png" }, new Photo { Path = "b.png" } });
        var data = _ml.Transforms.LoadImages("Loaded", _folder, "Path").Fit(paths).Transform(paths);
        var handedIn = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, new byte[4]);
        MLImage first, second;
        using (var cursor = data.GetRowCursor([data.Schema["Loaded"]]))
        {
            var getter = cursor.GetGetter<MLImage>(data.Schema["Loaded"]);
            Assert.True(cursor.MoveNext());
            var image = handedIn;
            getter(ref image);
            Assert.Throws<InvalidOperationException>(() => handedIn.Width);
            first = image;
            Assert.Equal(Path.Combine(_folder, "a.png"), first.Tag);
            Assert.Equal([1, 2, 3, 255, 4, 5, 6, 255], first.Pixels.ToArray());
            Assert.True(cursor.MoveNext());
            getter(ref image);
            second = image;
            Assert.Equal(2, second.Width);
            Assert.Throws<InvalidOperationException>(() => first.Width);
        }
        Assert.Contains("Object is disposed.", Assert.Throws<InvalidOperationException>(() => second.Width).Message);
    }

    [Fact]
    public void Load_images_refuses_a_column_that_is_not_text_and_a_folder_that_is_not_there()
    {
        var numbers = _ml.Data.LoadFromEnumerable<Number>([]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.LoadImages("Image", _folder, "In").Append(_ml.Transforms.CopyColumns("Copy", "In")).Fit(numbers));
        Assert.Contains("Schema mismatch for input column 'In': expected String, got Single", error.Message);
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadImages("Image", Path.Combine(_folder, "none"), "In"));
    }

    [Fact]
    public void Image_keeps_its_pixels_when_saved_as_png_and_multiplies_them_by_alpha_when_loaded()
    {
        Save("opaque.png", 1, 2, [10, 20, 30, 255, 200, 100, 0, 255]);
        using var opaque = MLImage.CreateFromFile(Path.Combine(_folder, "opaque.png"));
        Assert.Equal([10, 20, 30, 255, 200, 100, 0, 255], opaque.Pixels.ToArray());
        Assert.Equal((MLPixelFormat.Bgra32, 1, 2, 32), (opaque.PixelFormat, opaque.Width, opaque.Height, opaque.BitsPerPixel));
        Save("half.png", 1, 1, [60, 40, 20, 128]);
        using var half = MLImage.CreateFromFile(Path.Combine(_folder, "half.png"));
        Assert.Equal([60, 40, 20, 128], half.Pixels.ToArray());
    }

    [Fact]
    public void Image_is_refused_when_there_is_nothing_to_decode()
    {
        Assert.Throws<ArgumentNullException>(() => MLImage.CreateFromFile(null));
        var noFile = Assert.Throws<ArgumentException>(() => MLImage.CreateFromFile(Path.Combine(_folder, "none.png")));
        Assert.Contains("Invalid path", noFile.Message);
        var noImage = Assert.Throws<ArgumentException>(() => MLImage.CreateFromStream(new MemoryStream([1, 2, 3])));
        Assert.Contains("Invalid input stream contents", noImage.Message);
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(2, 2, MLPixelFormat.Bgra32, new byte[3]));
        using var image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Rgba32, [1, 2, 3, 255]);
        Assert.Throws<ArgumentException>(() => image.Save(Path.Combine(_folder, "image.txt")));
        Assert.Throws<ArgumentException>(() => image.Save(Path.Combine(_folder, "image.bmp")));
    }

    [Fact]
    public void Image_attribute_is_refused_without_sizes() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable<WithSizelessImage>([]));

    private void Save(string name, int width, int height, byte[] bgra)
    {
        using var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, bgra);
        image.Save(Path.Combine(_folder, name));
    }

    private sealed class Number
    {
        public float In { get; set; }
        public float Out { get; set; }
    }

    private sealed class Photo
    {
        public string Path { get; set; } = "";
        public MLImage? Image { get; set; }
    }

    private sealed class WithSizelessImage
    {
        [ImageType] public MLImage? Image { get; set; }
    }

    private sealed record Mark(int Id);

    private sealed class MarkType() : StructuredDataViewType(typeof(Mark))
    {
        public override bool Equals(DataViewType? other) => other is MarkType;

        public override bool Equals(object? obj) => obj is MarkType;

        public override int GetHashCode() => 1;

        public override string ToString() => "Mark";
    }

    private sealed class WithMark
    {
        public Mark? Value { get; set; }
    }

    private sealed class CopiedMark
    {
        public Mark? Copy { get; set; }
    }

    private sealed class Badge;

    private sealed class BadgeType() : StructuredDataViewType(typeof(Badge))
    {
        public override bool Equals(DataViewType? other) => other is BadgeType;

        public override bool Equals(object? obj) => obj is BadgeType;

        public override int GetHashCode() => 2;
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class BadgeTypeAttribute : DataViewTypeAttribute
    {
        public override bool Equals(DataViewTypeAttribute? other) => other is BadgeTypeAttribute;

        public override int GetHashCode() => 3;

        public override void Register() => DataViewTypeManager.Register(new BadgeType(), typeof(Badge), this);
    }

    private sealed class WithBadge
    {
        [BadgeType] public Badge? Value { get; set; }
    }

    private sealed class Unknown;

    private sealed class WithUnknown
    {
        public Unknown? Value { get; set; }
    }

    /// <summary>Counts how often it is disposed, and disposes nothing.</summary>
    private sealed class Disposable(ITransformer inner) : ITransformer, IDisposable
    {
        public int Disposals { get; private set; }
        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        void ICanSaveModel.Save(ModelSaveContext ctx) => inner.Save(ctx);

        public void Dispose() => Disposals++;
    }
}
