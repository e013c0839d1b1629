namespace Microsoft.ML.Data;

/// <summary>Values of one column, kept by row.</summary>
internal abstract class ColumnStore
{
    public static ColumnStore Of(DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? Generic.Call<ColumnStore>(typeof(ColumnStore), nameof(OfVectors), [vector.ItemType.RawType])
        : Generic.Call<ColumnStore>(typeof(ColumnStore), nameof(OfValues), [column.Type.RawType]);

    /// <summary>What copies a row's current value into the store.</summary>
    public abstract Action<int> Writer(DataViewRow row, DataViewSchema.Column column);

    /// <summary>A getter of the value of the row that is current when it is called.</summary>
    public abstract Delegate Getter(Func<int> current);

    private static Values<T> OfValues<T>() => new(copyInto: null);

    private static Values<VBuffer<T>> OfVectors<T>() => new((in VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination));

    private delegate void Copy<T>(in T source, ref T destination);

    private sealed class Values<T>(Copy<T> copyInto) : ColumnStore
    {
        private T[] _values = [];

        public override Action<int> Writer(DataViewRow row, DataViewSchema.Column column)
        {
            var getter = row.GetGetter<T>(column);
            return at =>
            {
                if (at >= _values.Length) { System.Array.Resize(ref _values, Math.Max(16, 2 * at)); }
                getter(ref _values[at]);
            };
        }

        public override Delegate Getter(Func<int> current) => copyInto is null
            ? (ref T value) => value = _values[current()]
            : (ValueGetter<T>)((ref T value) => copyInto(in _values[current()], ref value));
    }
}
