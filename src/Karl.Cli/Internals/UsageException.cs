namespace Karl.Cli.Internals;

/// <summary>What was asked for cannot be, whatever the files hold, and nothing was begun: exit code <see cref="KarlCommand.BadUsage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Refuses what does not hold.</summary>
    public static void ThrowUnless(bool holds, string message)
    {
        if (!holds)
        {
            throw new UsageException(message);
        }
    }
}
