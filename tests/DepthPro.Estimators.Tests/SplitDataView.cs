using Microsoft.ML;
using Microsoft.ML.Data;

namespace DepthPro.Estimators.Tests;

/// <summary>Data whose cursor sets really have several cursors, which ML.NET's data in memory do not: the n-th has every n-th row.</summary>
internal sealed class SplitDataView(IDataView whole) : IDataView
{
    public DataViewSchema Schema => whole.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => whole.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => whole.GetRowCursor(columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [.. Enumerable.Range(0, n).Select(part => new PartCursor(whole.GetRowCursor(columnsNeeded), part, n))];

    private sealed class PartCursor(DataViewRowCursor input, int part, int parts) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => input.Schema;

        public override long Position => _position;

        public override long Batch => input.Position;

        public override bool MoveNext()
        {
            while (input.MoveNext())
            {
                if (input.Position % parts != part) { continue; }
                _position++;
                return true;
            }
            _position = -1;
            return false;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing) { input.Dispose(); }
            base.Dispose(disposing);
        }
    }
}
