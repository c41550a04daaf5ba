using Microsoft.ML.Data;
using Microsoft.ML.Data.Rows;
using Microsoft.ML.Data.Views;

namespace Microsoft.ML;

/// <summary>Makes views.</summary>
public sealed class DataOperationsCatalog
{
    private readonly LocalEnvironment _environment;

    internal DataOperationsCatalog(LocalEnvironment environment) => _environment = environment;

    /// <summary>Objects as rows.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition? schemaDefinition = null)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(data);
        return new EnumerableView<TRow>(data, schemaDefinition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read));
    }

    /// <summary>Rows as objects.</summary>
    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition? schemaDefinition = null)
        where TRow : class, new()
    {
        ArgumentNullException.ThrowIfNull(data);
        SchemaDefinition definition = schemaDefinition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Write);
        return Read(ObjectWriter.ColumnsOf(data.Schema, definition, ignoreMissingColumns));

        IEnumerable<TRow> Read((SchemaDefinition.Column Member, DataViewSchema.Column Column)[] columns)
        {
            using DataViewRowCursor cursor = data.GetRowCursor(columns.Select(pair => pair.Column));
            ObjectWriter writer = new(cursor, columns);
            TRow row = new();
            while (cursor.MoveNext())
            {
                writer.Write(row);
                yield return row;
                row = reuseRowObject ? row : new TRow();
            }
        }
    }

    /// <summary>Keeps what was read once.</summary>
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch) => new CachedView(input, null);

    /// <summary>Rows in random order.</summary>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        seed ??= _environment.Seed;
        return new CachedView(input, seed is int given ? new Random(given) : new Random());
    }

    /// <summary>Rows where a number is at least one bound and below the other.</summary>
    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new FilteredView(input, input.Schema[columnName], value => lowerBound <= value && value < upperBound);
    }

    /// <summary>Rows where numbers are not NaN.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Aggregate(input, (view, name) => new FilteredView(view, view.Schema[name], value => !float.IsNaN(value)));
    }
}
