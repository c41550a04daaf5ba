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

    /// <summary>Refuses files that are not there, all at once; what lies there may still be something else.</summary>
    public static void ThrowUnlessThere(params ReadOnlySpan<FileInfo?> files)
    {
        List<string> missing = [];
        foreach (FileInfo? file in files)
        {
            if (file is not null && !Path.Exists(file.FullName))
            {
                missing.Add($"There is no file '{file}'.");
            }
        }

        ThrowUnless(missing.Count == 0, string.Join(" ", missing));
    }
}
