namespace Microsoft.ML.Data;

/// <summary>Makes a row of a row.</summary>
public interface IRowToRowMapper
{
    /// <summary>Columns of the rows that it takes.</summary>
    DataViewSchema InputSchema { get; }

    /// <summary>Columns of the rows that it makes.</summary>
    DataViewSchema OutputSchema { get; }

    /// <summary>Columns that have to be read for others.</summary>
    IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);

    /// <summary>Makes the row.</summary>
    DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
}
