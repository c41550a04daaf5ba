namespace Microsoft.ML.Data;

/// <summary>Estimators one after the other.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly IEstimator<ITransformer>[] _members;

    /// <summary>None yet.</summary>
    public EstimatorChain()
        : this([])
    {
    }

    internal EstimatorChain(IEstimator<ITransformer>[] members) => _members = members;

    /// <inheritdoc/>
    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        List<ITransformer> transformers = [];
        foreach (IEstimator<ITransformer> member in _members)
        {
            transformers.Add(member.Fit(transformers.Count == 0 ? input : input = transformers[^1].Transform(input)));
        }

        return new TransformerChain<TLastTransformer>([.. transformers]);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _members.Aggregate(inputSchema, (shape, member) => member.GetOutputSchema(shape));

    /// <summary>One more.</summary>
    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return scope == TransformerScope.Everything
            ? new EstimatorChain<TNewTrans>([.. _members, (IEstimator<ITransformer>)estimator])
            : throw new NotSupportedException("The double of ML.NET has only chains that are whole in every scope.");
    }
}

/// <summary>When a transformer of a chain is wanted.</summary>
[Flags]
public enum TransformerScope
{
    /// <summary>Never.</summary>
    None = 0,

    /// <summary>In training.</summary>
    Training = 1,

    /// <summary>In testing.</summary>
    Testing = 2,

    /// <summary>In use.</summary>
    Scoring = 4,

    /// <summary>In training and testing.</summary>
    TrainTest = Training | Testing,

    /// <summary>Always.</summary>
    Everything = TrainTest | Scoring,
}
