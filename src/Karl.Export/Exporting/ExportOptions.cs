using Karl.Export.Architectures;

namespace Karl.Export.Exporting;

/// <summary>How a checkpoint becomes a bundle.</summary>
public sealed record ExportOptions
{
    /// <summary>What is said about the architecture; null goes by the arguments that the checkpoint remembers.</summary>
    public ArchitectureHint? Hint { get; init; }

    /// <summary>Which weights are taken, "ema" or "model"; null prefers "ema" and takes what there is.</summary>
    public string? Weights { get; init; }

    /// <summary>Stores weights as float16: half the size, read as float32 again when the bundle is loaded.</summary>
    public bool Half { get; init; }
}
