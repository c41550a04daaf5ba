namespace Karl.Export.Checkpoints;

/// <summary>One thing at the top of a checkpoint: weights, arguments, an epoch.</summary>
/// <param name="Name">Its key, such as <c>ema</c>; empty where the file is nothing but one state dict.</param>
/// <param name="Description">What it is, fit to be shown: <c>state dict of 270 tensors</c>, <c>whole number</c>.</param>
/// <param name="IsStateDict">Whether <see cref="Checkpoint.Weights"/> takes its name.</param>
/// <param name="Value">Short text of a plain value, else null.</param>
public sealed record CheckpointEntry(string Name, string Description, bool IsStateDict, string? Value);
