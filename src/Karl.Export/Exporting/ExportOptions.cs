using Karl.Export.Architectures;

namespace Karl.Export.Exporting;

/// <summary>How a checkpoint becomes a bundle.</summary>
public sealed record ExportOptions
{
    /// <summary>What is said about the architecture; null goes by the arguments that the checkpoint remembers.</summary>
    public ArchitectureHint? Hint { get; init; }

    /// <summary>Which weights are taken, "ema" or "model"; null prefers "ema" and takes what there is.</summary>
    public string? Weights { get; init; }

    /// <summary>How weights are stored and the transformers computed.</summary>
    public WeightStorage Storage { get; init; } = WeightStorage.Float32;
}

/// <summary>How a bundle stores its weights.</summary>
public enum WeightStorage
{
    /// <summary>As they were trained: what a recording of the original is compared with.</summary>
    Float32,

    /// <summary>Half the size; everything is computed in float32 all the same.</summary>
    Float16,

    /// <summary>The transformer blocks' products are stored and computed in 8 bits. Faster on processors with VNNI only.</summary>
    Int8,
}
