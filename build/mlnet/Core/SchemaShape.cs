using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of columns before there is data.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    /// <summary>One of these columns.</summary>
    public SchemaShape(IEnumerable<Column> columns) => _columns = [.. columns];

    /// <inheritdoc/>
    public int Count => _columns.Length;

    /// <inheritdoc/>
    public Column this[int index] => _columns[index];

    internal static SchemaShape Create(DataViewSchema schema) => new(schema.Where(column => !column.IsHidden).Select(column => new Column(column)));

    /// <summary>The shape with a column more, or with another of the same name.</summary>
    internal SchemaShape With(Column column) => new([.. _columns.Where(known => known.Name != column.Name), column]);

    internal Column Find(string name) => Array.Find(_columns, column => column.Name == name) is { Name: not null } found
        ? found
        : throw new ArgumentOutOfRangeException(nameof(name), $"Could not find input column '{name}'");

    /// <inheritdoc/>
    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What is known of a column.</summary>
    public readonly struct Column
    {
        /// <summary>Its name.</summary>
        public readonly string Name;

        /// <summary>Whether it holds vectors.</summary>
        public readonly VectorKind Kind;

        /// <summary>Type of an item; for keys the number below.</summary>
        public readonly DataViewType ItemType;

        /// <summary>Whether items are keys.</summary>
        public readonly bool IsKey;

        /// <summary>What is said of it.</summary>
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind kind, DataViewType itemType, bool isKey, SchemaShape? annotations = null)
        {
            Name = name;
            Kind = kind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? new SchemaShape([]);
        }

        internal Column(DataViewSchema.Column column)
            : this(column.Name, KindOf(column.Type), NumberOf(ItemOf(column.Type)), ItemOf(column.Type) is KeyDataViewType, Create(column.Annotations.Schema))
        {
        }

        /// <summary>The same under another name.</summary>
        internal Column Renamed(string name) => new(name, Kind, ItemType, IsKey, Annotations);

        private static VectorKind KindOf(DataViewType type) => type is VectorDataViewType vector
            ? vector.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector
            : VectorKind.Scalar;

        private static DataViewType ItemOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

        private static DataViewType NumberOf(DataViewType type) => type is KeyDataViewType ? NumberDataViewType.UInt32 : type;

        /// <summary>Kinds of vectors.</summary>
        public enum VectorKind
        {
            /// <summary>None.</summary>
            Scalar = 0,

            /// <summary>Of one size.</summary>
            Vector = 1,

            /// <summary>Of any size.</summary>
            VariableVector = 2,
        }
    }
}
