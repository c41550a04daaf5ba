namespace Karl.Export.Checkpoints;

/// <summary>One argument of the training run that a checkpoint remembers.</summary>
/// <param name="Name">Its name; those of nested dictionaries are joined by dots.</param>
/// <param name="Value">Its value as Python prints it, shortened to 400 characters.</param>
public sealed record CheckpointArgument(string Name, string Value);
