namespace Karl.Export.Checkpoints;

/// <summary>How a checkpoint is read. The defaults suit files from anywhere.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The highest value of <see cref="MaximumTensorElements"/>: 2^28, which is 1 GiB of float32.</summary>
    public const int HighestTensorElements = 1 << 28;

    /// <summary>
    /// Compares every storage with its checksum the first time it is read. Turn it off only for files written with
    /// <c>torch.serialization.set_crc32_options(False)</c>, whose checksums are not real.
    /// </summary>
    public bool VerifyChecksums { get; init; } = true;

    /// <summary>A tensor of more elements is refused; lower it where memory is short.</summary>
    public int MaximumTensorElements { get; init; } = HighestTensorElements;
}
