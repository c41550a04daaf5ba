using Microsoft.ML.Data;
using Microsoft.ML.Data.Rows;

namespace Microsoft.ML;

/// <summary>Makes engines.</summary>
public sealed class ModelOperationsCatalog
{
    internal ModelOperationsCatalog()
    {
    }

    /// <summary>What a model makes of one object at a time. The engine disposes the model.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
        ITransformer transformer, bool ignoreMissingColumns = true, SchemaDefinition? inputSchemaDefinition = null, SchemaDefinition? outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new() => CreatePredictionEngine<TSrc, TDst>(transformer, new PredictionEngineOptions
        {
            IgnoreMissingColumns = ignoreMissingColumns,
            InputSchemaDefinition = inputSchemaDefinition,
            OutputSchemaDefinition = outputSchemaDefinition,
        });

    /// <summary>What a model makes of one object at a time.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new() => new(transformer, options);
}

/// <summary>How an engine is made.</summary>
public sealed class PredictionEngineOptions
{
    /// <summary>Whether members without a column stay as they are.</summary>
    public bool IgnoreMissingColumns = true;

    /// <summary>The input's members; null are all.</summary>
    public SchemaDefinition? InputSchemaDefinition;

    /// <summary>The output's members; null are all.</summary>
    public SchemaDefinition? OutputSchemaDefinition;

    /// <summary>Whether the engine disposes the model.</summary>
    public bool OwnsTransformer = true;
}

/// <summary>What a model makes of one object at a time.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly bool _ownsTransformer;
    private readonly DataViewRow _output;
    private bool _isDisposed;

    private protected PredictionEngineBase(ITransformer transformer, PredictionEngineOptions options)
    {
        _transformer = transformer;
        _ownsTransformer = options.OwnsTransformer;
        SchemaDefinition definition = options.InputSchemaDefinition ?? SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Read);
        Input = new ObjectRow<TSrc>(definition.ToSchema(), definition);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(Input.Schema);
        OutputSchema = mapper.OutputSchema;
        (SchemaDefinition.Column Member, DataViewSchema.Column Column)[] columns = ObjectWriter.ColumnsOf(
            OutputSchema, options.OutputSchemaDefinition ?? SchemaDefinition.Create(typeof(TDst), SchemaDefinition.Direction.Write), options.IgnoreMissingColumns);
        _output = mapper.GetRow(Input, columns.Select(pair => pair.Column));
        Output = new ObjectWriter(_output, columns);
    }

    /// <summary>Columns of the model's rows.</summary>
    public DataViewSchema OutputSchema { get; }

    private protected ObjectRow<TSrc> Input { get; }

    private protected ObjectWriter Output { get; }

    /// <summary>What the model makes of an object.</summary>
    public TDst Predict(TSrc example)
    {
        TDst prediction = new();
        Predict(example, ref prediction);
        return prediction;
    }

    /// <summary>Writes what the model makes of an object into another.</summary>
    public abstract void Predict(TSrc example, ref TDst prediction);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _output.Dispose();
        if (_ownsTransformer)
        {
            (_transformer as IDisposable)?.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}

/// <inheritdoc/>
public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, PredictionEngineOptions options)
        : base(transformer, options)
    {
    }

    /// <inheritdoc/>
    public override void Predict(TSrc example, ref TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        Input.Become(example);
        Output.Write(prediction);
    }
}
