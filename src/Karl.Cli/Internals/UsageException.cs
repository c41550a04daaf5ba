namespace Karl.Cli.Internals;

/// <summary>What was asked for cannot be, whatever the files hold: exit code <see cref="KarlCommand.BadUsage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
