using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

/// <summary>What this repository relies on in ML.NET's pipelines, true of the stand-in and of genuine assemblies alike.</summary>
public sealed class MLNetBehaviorTests
{
    private readonly MLContext _ml = new(seed: 1);

    private sealed class Row
    {
        public string Path { get; set; } = "";
        public float Width { get; set; }
        [VectorType(2)] public float[] Center { get; set; } = [];
    }

    private sealed class Result
    {
        public float[] Features { get; set; } = [];
        public string Path { get; set; } = "";
    }

    private IDataView Data(int count = 3) => _ml.Data.LoadFromEnumerable(
        Enumerable.Range(0, count).Select(i => new Row { Path = $"{i}.png", Width = i, Center = [10 * i, 20 * i] }));

    private EstimatorChain<Microsoft.ML.Transforms.ColumnCopyingTransformer> Pipeline() =>
        _ml.Transforms.Concatenate("Features", "Width", "Center").Append(_ml.Transforms.CopyColumns("Name", "Path"));

    [Fact]
    public void Concatenate_gives_values_and_slot_names_when_sources_are_scalars_and_vectors()
    {
        var data = Pipeline().Fit(Data()).Transform(Data());
        Assert.Equal([2, 20, 40], data.GetColumn<float[]>("Features").Last());
        Assert.Equal("Vector<Single, 3>", data.Schema["Features"].Type.ToString());
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["Features"].GetSlotNames(ref names);
        Assert.Equal("Width", names.GetItemOrDefault(0).ToString());
        Assert.Equal(["0.png", "1.png", "2.png"], data.GetColumn<string>("Name"));
    }

    [Fact]
    public void Copy_stands_behind_the_column_it_hides_when_it_takes_its_name()
    {
        var schema = _ml.Transforms.CopyColumns("Path", "Width").Fit(Data()).GetOutputSchema(Data().Schema);
        Assert.Equal(["Path", "Path", "Width", "Center"], schema.Select(column => column.Name));
        Assert.Equal([true, false, false, false], schema.Select(column => column.IsHidden));
        Assert.Equal(NumberDataViewType.Single, schema["Path"].Type);
    }

    [Fact]
    public void Chain_gives_the_same_values_when_saved_and_loaded()
    {
        var model = Pipeline().Fit(Data());
        using var file = new MemoryStream();
        _ml.Model.Save(model, Data().Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out var schema);
        Assert.Equal(["Path: String", "Width: Single", "Center: Vector<Single, 2>"], schema.Select(column => column.ToString()));
        Assert.Equal(2, Assert.IsType<TransformerChain<ITransformer>>(loaded).Count());
        Assert.Equal(model.Transform(Data()).GetColumn<float[]>("Features"), loaded.Transform(Data()).GetColumn<float[]>("Features"));
    }

    [Fact]
    public void Load_gives_the_transformer_itself_and_no_schema_when_it_was_saved_so()
    {
        var model = _ml.Transforms.Concatenate("Features", "Width", "Center").Fit(Data());
        using var file = new MemoryStream();
        _ml.Model.Save(model, null, file);
        file.Position = 0;
        Assert.IsType<ColumnConcatenatingTransformer>(_ml.Model.Load(file, out var schema));
        Assert.Null(schema);
    }

    [Fact]
    public void Fit_names_the_column_when_it_is_missing()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.CopyColumns("Name", "Path").Append(_ml.Transforms.Concatenate("Features", "Height")).Fit(Data()));
        Assert.Contains("Could not find input column 'Height'", error.Message);
    }

    [Fact]
    public void Schema_shape_comes_from_a_schema_when_a_loader_is_appended_to()
    {
        var shape = new SchemaLoader(Data().Schema).Append(_ml.Transforms.CopyColumns("Middle", "Center")).GetOutputSchema();
        Assert.Equal(["Path", "Width", "Center", "Middle"], shape.Select(column => column.Name));
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, shape[3].Kind);
        Assert.Equal(NumberDataViewType.Single, shape[3].ItemType);
    }

    [Fact]
    public void Cursor_reads_only_the_rows_and_columns_that_are_asked_for()
    {
        var read = new List<string>();
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new Watched { Seen = read, Row = i }));
        using (var cursor = data.GetRowCursor([data.Schema["B"]]))
        {
            Assert.Equal(-1, cursor.Position);
            Assert.True(cursor.IsColumnActive(data.Schema["B"]));
            Assert.False(cursor.IsColumnActive(data.Schema["A"]));
            Assert.ThrowsAny<Exception>(() => cursor.GetGetter<float>(data.Schema["A"]));
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(data.Schema["B"]));
            var getter = cursor.GetGetter<float>(data.Schema["B"]);
            Assert.True(cursor.MoveNext() && cursor.MoveNext());
            Assert.Equal(1, cursor.Position);
            var value = 0f;
            getter(ref value);
            Assert.True(cursor.MoveNext());
            Assert.False(cursor.MoveNext());
            Assert.False(cursor.MoveNext());
        }
        Assert.Equal(["B1"], read);
    }

    [Fact]
    public void Create_enumerable_says_what_does_not_fit_when_class_and_schema_differ()
    {
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateEnumerable<Result>(Data(), reuseRowObject: false));
        Assert.Contains("column 'Features'", missing.Message);
        var partial = _ml.Data.CreateEnumerable<Result>(Data(), reuseRowObject: false, ignoreMissingColumns: true);
        Assert.Equal("1.png", partial.ElementAt(1).Path);
        var wrong = Assert.Throws<InvalidOperationException>(() => _ml.Data.CreateEnumerable<Wrong>(Data(), reuseRowObject: false));
        Assert.Contains("Can't bind the IDataView column 'Width' of type 'Single'", wrong.Message);
        Assert.Contains("to field or property 'Width' of type 'System.Int32'", wrong.Message);
    }

    [Fact]
    public void Create_enumerable_fills_one_object_and_its_array_when_told_to_reuse_it()
    {
        var rows = _ml.Data.CreateEnumerable<Row>(Data(), reuseRowObject: true).Select(row => (row, row.Center, row.Center[1])).ToArray();
        Assert.All(rows, row => Assert.Same(rows[0].row, row.row));
        Assert.All(rows, row => Assert.Same(rows[0].Center, row.Center));
        Assert.Equal([0, 20, 40], rows.Select(row => row.Item3));
        Assert.Equal(3, _ml.Data.CreateEnumerable<Row>(Data(), reuseRowObject: false).Distinct().Count());
    }

    [Fact]
    public void Skip_take_shuffle_and_cache_give_the_rows_they_should()
    {
        Assert.Equal([2, 3], _ml.Data.TakeRows(_ml.Data.SkipRows(Data(9), 2), 2).GetColumn<float>("Width"));
        var shuffled = _ml.Data.ShuffleRows(Data(50), seed: 3);
        var widths = shuffled.GetColumn<float>("Width").ToArray();
        Assert.Equal(widths, shuffled.GetColumn<float>("Width"));
        Assert.NotEqual(widths, widths.Order());
        Assert.Equal(Data(50).GetColumn<float>("Width"), widths.Order());
        Assert.Equal(shuffled.GetColumn<float[]>("Center").Select(center => center[0]), widths.Select(width => 10 * width));

        var read = new List<string>();
        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new Watched { Seen = read, Row = i })));
        Assert.Equal([0, 1, 2], cached.GetColumn<float>("B"));
        Assert.Equal([0, 1, 2], cached.GetColumn<float>("B"));
        Assert.Equal(["B0", "B1", "B2"], read);
    }

    [Fact]
    public void Preview_shows_rows_and_columns()
    {
        var preview = Data().Preview(maxRows: 2);
        Assert.Equal(2, preview.RowView.Length);
        Assert.Equal(new("Width", 1f), preview.RowView[1].Values[1]);
        Assert.Equal([0f, 1f], preview.ColumnView[1].Values);
    }

    [Fact]
    public void Vector_keeps_its_array_when_an_editor_finds_it_long_enough()
    {
        var sparse = new VBuffer<float>(4, 2, [1, 2], [1, 3]);
        Assert.Equal([0, 1, 0, 2], sparse.DenseValues());
        Assert.Equal([0, 1, 0, 2], sparse.Items(all: true).Select(item => item.Value));
        Assert.Equal(2, sparse.GetItemOrDefault(3));
        var dense = new VBuffer<float>(3, [7, 8, 9]);
        var editor = VBufferEditor.Create(ref dense, 2);
        Assert.False(editor.CreatedNewValues);
        Assert.Equal(2, editor.Commit().Length);
        Assert.True(VBufferEditor.Create(ref dense, 4).CreatedNewValues);
        Assert.Equal("Vector<Single, 1, *>", new VectorDataViewType(NumberDataViewType.Single, 1, 0).ToString());
        Assert.False(new VectorDataViewType(NumberDataViewType.Single).IsKnownSize);
    }

    [Fact]
    public void Log_hears_what_a_component_says()
    {
        var heard = new List<string>();
        _ml.Log += (_, message) => heard.Add($"{message.Kind} {message.RawMessage}");
        using var file = new MemoryStream();
        _ml.Model.Save(Pipeline().Fit(Data()), Data().Schema, file);
        Assert.Contains("Trace Channel started", heard);
    }

    private sealed class Wrong
    {
        public int Width { get; set; }
    }

    private sealed class Watched
    {
        [NoColumn] public List<string> Seen { get; set; } = [];
        [NoColumn] public int Row { get; set; }
        public float A => Note("A");
        public float B => Note("B");

        private int Note(string name)
        {
            Seen.Add($"{name}{Row}");
            return Row;
        }
    }

    private sealed class SchemaLoader(DataViewSchema schema) : IDataLoader<object>
    {
        public DataViewSchema GetOutputSchema() => schema;

        public IDataView Load(object input) => throw new NotSupportedException();

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException();
    }
}
