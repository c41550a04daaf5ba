namespace Karl.Export.Checkpoints.Internals;

/// <summary>What a reader found in a file.</summary>
internal sealed record CheckpointContent(
    CheckpointFormat Format,
    List<CheckpointEntry> Entries,
    Dictionary<string, StateDict> Weights,
    List<CheckpointArgument> Arguments,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>All tensors of a file may have this many elements together, repeated ones counted each time: 64 GiB of float32.</summary>
    public const long MaximumElements = 1L << 34;
}
