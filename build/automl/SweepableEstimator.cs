using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

/// <summary>Something with a search space.</summary>
public interface ISweepable
{
    /// <summary>What is searched.</summary>
    SearchSpace.SearchSpace SearchSpace { get; }
}

/// <summary>Something that is made of a point in its search space.</summary>
public interface ISweepable<out T> : ISweepable
    where T : IEstimator<ITransformer>
{
    /// <summary>Makes it.</summary>
    T BuildFromOption(MLContext context, Parameter parameter);
}

/// <summary>An estimator's settings.</summary>
public class Estimator
{
    /// <summary>No settings yet.</summary>
    protected Estimator()
    {
    }

    /// <summary>The current point in the search space.</summary>
    public Parameter? Parameter { get; set; }
}

/// <summary>An estimator that is made of a point in a search space.</summary>
public class SweepableEstimator : Estimator, ISweepable<IEstimator<ITransformer>>
{
    private readonly Func<MLContext, Parameter, IEstimator<ITransformer>> _factory;

    /// <summary>Makes one whose current point is the space's default.</summary>
    public SweepableEstimator(Func<MLContext, Parameter, IEstimator<ITransformer>> factory, SearchSpace.SearchSpace ss)
    {
        ArgumentNullException.ThrowIfNull(ss);
        _factory = factory;
        SearchSpace = ss;
        Parameter = ss.SampleFromFeatureSpace(ss.Default!);
    }

    /// <inheritdoc/>
    public SearchSpace.SearchSpace SearchSpace { get; set; }

    /// <inheritdoc/>
    public virtual IEstimator<ITransformer> BuildFromOption(MLContext context, Parameter param) => _factory(context, param);
}
