using Microsoft.ML.Data.Views;

namespace Microsoft.ML.Data;

/// <summary>Makes rows of rows.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase()
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => CreateColumn(inputSchema).OutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnView(input, CreateColumn(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new AddedColumnMapper(inputSchema, CreateColumn(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("The double of ML.NET does not save.");

    internal abstract AddedColumn CreateColumn(DataViewSchema input);
}

/// <summary>Makes a column of a column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase()
    {
    }
}

/// <summary>An estimator that looks at no data.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private readonly TTransformer _transformer;

    private protected TrivialEstimator(TTransformer transformer) => _transformer = transformer;

    /// <inheritdoc/>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return _transformer;
    }

    /// <inheritdoc/>
    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
