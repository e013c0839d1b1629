using System.Text;
using DepthPro.Formats;

namespace DepthPro.Training.Runs;

/// <summary>The course of a training, kept in its folder as a table and as a page. Not thread-safe.</summary>
internal sealed class TrainingCurves
{
    // Of each stage, evenly, so that table and page stay small.
    private const int RowsOfStage = 500;

    private readonly string? _folder;
    private readonly List<CurveRow> _rows;

    /// <param name="folder">Null: nothing is written.</param>
    /// <param name="stages">Names of the stages.</param>
    /// <param name="position">Where the folder's state stands: what the table has of later steps is dropped. Null: there is no state, and the curves begin anew.</param>
    /// <exception cref="InvalidDataException">The table cannot be read.</exception>
    public TrainingCurves(string? folder, IReadOnlyList<string> stages, TrainingPosition? position)
    {
        _folder = folder;
        string[] names = [.. stages.Select(CurvesCsv.Name)];
        bool IsBefore(CurveRow row, TrainingPosition place) => Array.IndexOf(names, row.Stage).CompareTo(Array.IndexOf(names, CurvesCsv.Name(place.Stage))) switch
        {
            < 0 => true,
            0 => row.Step <= place.Step,
            _ => false,
        };
        _rows = position is { } last && File.Exists(CsvPath) ? [.. CurvesCsv.Read(CsvPath).Where(row => IsBefore(row, last))] : [];
    }

    public IReadOnlyList<CurveRow> Rows => _rows;

    /// <summary>What the validation set said last of each: of depth where depth was last taught, and of the field of view; null if it was not asked.</summary>
    public TrainingValidation? Validation
    {
        get
        {
            var depth = _rows.FindLast(row => row.Validation is { AbsRel: not double.NaN })?.Validation;
            var fieldOfView = _rows.FindLast(row => row.Validation is { FieldOfViewErrorDegrees: not double.NaN })?.Validation;
            return (depth, fieldOfView) switch
            {
                ({ } both, { } degrees) => both with { FieldOfViewErrorDegrees = degrees.FieldOfViewErrorDegrees },
                _ => depth ?? fieldOfView,
            };
        }
    }

    private string CsvPath => Path.Combine(_folder ?? "", DepthTraining.CurvesTableName);

    /// <summary>Takes a step, if it is one of those that are kept.</summary>
    /// <param name="progress">After the step.</param>
    /// <param name="seconds">Since the training began.</param>
    public void Add(TrainingProgress progress, double seconds)
    {
        var every = (progress.Steps + RowsOfStage - 1) / RowsOfStage;
        if (progress.Step % Math.Max(1, every) == 0 || progress.Step == 1 || progress.Step == progress.Steps || progress.Validation is not null)
        {
            _rows.Add(CurveRow.Of(progress with { Stage = CurvesCsv.Name(progress.Stage) }, seconds));
        }
    }

    /// <summary>Writes both files anew.</summary>
    /// <exception cref="IOException">One cannot be written; what was there before still is.</exception>
    public void Write()
    {
        if (_folder is null) { return; }
        void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        WriteText(CsvPath, CurvesCsv.Write(_rows));
        WriteText(Path.Combine(_folder, DepthTraining.CurvesName), CurvesPage.Html(_rows, Validation));
    }
}
