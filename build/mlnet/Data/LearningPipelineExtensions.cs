using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Puts steps behind one another.</summary>
public static class LearningPipelineExtensions
{
    /// <summary>A chain of two, or a chain with one more.</summary>
    public static EstimatorChain<TTrans> Append<TTrans>(this IEstimator<ITransformer> start, IEstimator<TTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TTrans : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(start);
        return start is EstimatorChain<ITransformer> chain ? chain.Append(estimator, scope) : new EstimatorChain<ITransformer>([start]).Append(estimator, scope);
    }
}
