using System.Collections;
using System.Diagnostics;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The columns of a view. Of those with the same name only the last can be found by it.</summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    private DataViewSchema(IReadOnlyList<DetachedColumn> columns)
    {
        for (int index = 0; index < columns.Count; index++)
        {
            _byName[columns[index].Name] = index;
        }

        _columns = [.. columns.Select((column, index) => new Column(column, index, _byName[column.Name] != index))];
    }

    /// <inheritdoc/>
    public int Count => _columns.Length;

    /// <inheritdoc/>
    public Column this[int columnIndex] => _columns[columnIndex];

    /// <summary>A column by its name.</summary>
    public Column this[string name] => GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");

    /// <summary>A column by its name, if there is one.</summary>
    public Column? GetColumnOrNull(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.TryGetValue(name, out int index) ? _columns[index] : null;
    }

    /// <inheritdoc/>
    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A column of a schema.</summary>
    [DebuggerDisplay("{Name}: {Type}")]
    public readonly struct Column
    {
        internal Column(DetachedColumn column, int index, bool isHidden)
        {
            Name = column.Name;
            Index = index;
            IsHidden = isHidden;
            Type = column.Type;
            Annotations = column.Annotations;
        }

        /// <summary>Its name.</summary>
        public string Name { get; }

        /// <summary>Its place.</summary>
        public int Index { get; }

        /// <summary>Whether a later one has the same name.</summary>
        public bool IsHidden { get; }

        /// <summary>What it holds.</summary>
        public DataViewType Type { get; }

        /// <summary>What is said of it.</summary>
        public Annotations Annotations { get; }

        /// <inheritdoc/>
        public override string ToString() => $"{Name}: {Type}{(IsHidden ? " (hidden)" : string.Empty)}";
    }

    /// <summary>A column of no schema yet.</summary>
    public struct DetachedColumn
    {
        /// <summary>One of these parts.</summary>
        public DetachedColumn(string name, DataViewType type, Annotations? annotations = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(type);
            Name = name;
            Type = type;
            Annotations = annotations ?? Annotations.Empty;
        }

        /// <summary>One of a column.</summary>
        public DetachedColumn(Column column)
            : this(column.Name, column.Type, column.Annotations)
        {
        }

        /// <summary>Its name.</summary>
        public string Name { get; }

        /// <summary>What it holds.</summary>
        public DataViewType Type { get; }

        /// <summary>What is said of it.</summary>
        public Annotations Annotations { get; }
    }

    /// <summary>Makes schemas.</summary>
    public sealed class Builder
    {
        private readonly List<DetachedColumn> _added = [];

        /// <summary>Adds a column.</summary>
        public void AddColumn(string name, DataViewType type, Annotations? annotations = null) => _added.Add(new DetachedColumn(name, type, annotations));

        /// <summary>Adds columns of a schema.</summary>
        public void AddColumns(IEnumerable<Column> source) => _added.AddRange(source.Select(column => new DetachedColumn(column)));

        /// <summary>Adds columns.</summary>
        public void AddColumns(IEnumerable<DetachedColumn> source) => _added.AddRange(source);

        /// <summary>The schema.</summary>
        public DataViewSchema ToSchema() => new(_added);
    }
}
