using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Learns a transformer from data.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    /// <summary>Learns it.</summary>
    TTransformer Fit(IDataView input);

    /// <summary>What the transformer will make of such columns.</summary>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

/// <summary>Makes a view of a view.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>Whether it works row by row.</summary>
    bool IsRowToRowMapper { get; }

    /// <summary>What it makes of such columns.</summary>
    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    /// <summary>Makes the view.</summary>
    IDataView Transform(IDataView input);

    /// <summary>The same for rows.</summary>
    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}

/// <summary>Something that can be saved.</summary>
public interface ICanSaveModel
{
    /// <summary>Saves it.</summary>
    void Save(ModelSaveContext ctx);
}

/// <summary>What is saved to. The double cannot save: nobody can make one.</summary>
public sealed class ModelSaveContext
{
    private ModelSaveContext()
    {
    }
}
