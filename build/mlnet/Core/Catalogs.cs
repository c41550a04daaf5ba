using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Steps of pipelines.</summary>
public sealed class TransformsCatalog : IInternalCatalog
{
    internal TransformsCatalog(LocalEnvironment environment)
    {
        Environment = environment;
        Conversion = new ConversionTransforms();
    }

    /// <summary>Between types.</summary>
    public ConversionTransforms Conversion { get; }

    LocalEnvironment IInternalCatalog.Environment => Environment;

    private LocalEnvironment Environment { get; }

    /// <summary>Steps between types.</summary>
    public sealed class ConversionTransforms
    {
        internal ConversionTransforms()
        {
        }
    }
}

/// <summary>Learning a task.</summary>
public abstract class TrainCatalogBase
{
    private protected TrainCatalogBase()
    {
    }

    /// <summary>Trainers of a task.</summary>
    public abstract class CatalogInstantiatorBase : IInternalCatalog
    {
        private readonly LocalEnvironment _environment;

        private protected CatalogInstantiatorBase(LocalEnvironment environment) => _environment = environment;

        LocalEnvironment IInternalCatalog.Environment => _environment;
    }
}

/// <summary>Telling classes.</summary>
public sealed class MulticlassClassificationCatalog : TrainCatalogBase
{
    internal MulticlassClassificationCatalog(LocalEnvironment environment) => Trainers = new MulticlassClassificationTrainers(environment);

    /// <summary>The trainers: the double has none of its own.</summary>
    public MulticlassClassificationTrainers Trainers { get; }

    /// <summary>How good predictions are.</summary>
    public MulticlassClassificationMetrics Evaluate(
        IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel", int topKPredictionCount = 0) =>
        MulticlassClassificationMetrics.Of(data, labelColumnName, scoreColumnName);

    /// <summary>Trainers for telling classes.</summary>
    public sealed class MulticlassClassificationTrainers : CatalogInstantiatorBase
    {
        internal MulticlassClassificationTrainers(LocalEnvironment environment)
            : base(environment)
        {
        }
    }
}
