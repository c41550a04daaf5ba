namespace Microsoft.ML;

/// <summary>Where everything begins.</summary>
public sealed class MLContext
{
    private readonly LocalEnvironment _environment;

    /// <summary>A context; the seed is for what is random.</summary>
    public MLContext(int? seed = null)
    {
        _environment = new LocalEnvironment(seed);
        Data = new DataOperationsCatalog(_environment);
        Model = new ModelOperationsCatalog();
        Transforms = new TransformsCatalog(_environment);
        MulticlassClassification = new MulticlassClassificationCatalog(_environment);
    }

    /// <summary>Views.</summary>
    public DataOperationsCatalog Data { get; }

    /// <summary>Fitted pipelines.</summary>
    public ModelOperationsCatalog Model { get; }

    /// <summary>Steps of pipelines.</summary>
    public TransformsCatalog Transforms { get; }

    /// <summary>Telling classes.</summary>
    public MulticlassClassificationCatalog MulticlassClassification { get; }

    /// <summary>Number of the GPU that is used, or null.</summary>
    public int? GpuDeviceId
    {
        get => _environment.GpuDeviceId;
        set => _environment.GpuDeviceId = value;
    }

    /// <summary>Whether the processor takes over where there is no such GPU.</summary>
    public bool FallbackToCpu
    {
        get => _environment.FallbackToCpu;
        set => _environment.FallbackToCpu = value;
    }

    internal void CancelExecution() => _environment.IsCanceled = true;
}

/// <summary>What a context and its catalogs share.</summary>
internal sealed class LocalEnvironment(int? seed)
{
    public int? Seed => seed;

    public int? GpuDeviceId { get; set; }

    public bool FallbackToCpu { get; set; } = true;

    public bool IsCanceled { get; set; }
}

/// <summary>A part of a context.</summary>
internal interface IInternalCatalog
{
    LocalEnvironment Environment { get; }
}
